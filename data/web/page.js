/* Streamlit's own link to skip to the content speaks English: here it is said in French. */
const SKIP = "Aller au contenu";
new MutationObserver(() => {
  const text = document.querySelector('[data-testid="stSkipToContent"]')?.firstChild;
  if (text && text.nodeValue !== SKIP) text.nodeValue = SKIP;
}).observe(document, { childList: true, subtree: true });
