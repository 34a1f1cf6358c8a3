// Streamlit's own words that no option names are English: here they are said in French.
const FRENCH = new Map([
  ["Upload", "Choisir un fichier"],
  ["Browse files", "Choisir un fichier"],
  ["view more", "voir plus"],
  ["view less", "voir moins"],
]);
const WHERE =
  '[data-testid="stFileUploader"] *, [data-testid="stToast"] *';
const SKIP = "Aller au contenu";
const say = (node, text) => { if (node && node.nodeValue !== text) node.nodeValue = text; };
new MutationObserver(() => {
  say(document.querySelector('[data-testid="stSkipToContent"]')?.firstChild, SKIP);
  for (const one of document.querySelectorAll('[aria-label^="Help for "]')) {
    one.ariaLabel = one.ariaLabel.replace("Help for ", "Aide\u00a0: ");
  }
  for (const one of document.querySelectorAll(WHERE)) {
    for (const node of one.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE) continue;
      const text = node.nodeValue.trim();
      if (FRENCH.has(text)) say(node, FRENCH.get(text));
      else if (/^\d+MB per file/.test(text)) say(node, text.replace(/^(\d+)MB per file/, "$1 Mo au plus"));
      else if (/^[\d.]+[KM]B$/.test(text)) say(node, text.replace(".", ",").replace(/([KM])B$/, (_, k) => `\u00a0${k === "K" ? "k" : "M"}o`));
    }
  }
}).observe(document, { childList: true, subtree: true, characterData: true });
