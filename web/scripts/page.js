/* What a map writes of its view stays in the address while the page and what bounds the view stay:
   Streamlit writes the address whole, from what Python says, and knows nothing of the view. */
(() => {
  const VIEW = ["centre", "zoom", "fond", "choix"];
  const BOUNDS = ["lieu", "territoire", "ecosysteme", "embed"];
  const replace = history.replaceState.bind(history);
  const same = (one, other) =>
    one.pathname === other.pathname &&
    BOUNDS.every((name) => one.searchParams.get(name) === other.searchParams.get(name));
  const said = (url) => url.pathname + url.search.replaceAll("%2C", ",") + url.hash;
  function kept(address) {
    const now = new URL(location.href);
    const next = new URL(address, now);
    if (next.origin !== now.origin || !same(now, next)) return address;
    for (const name of VIEW)
      if (now.searchParams.has(name) && !next.searchParams.has(name))
        next.searchParams.set(name, now.searchParams.get(name));
    return said(next);
  }
  for (const name of ["pushState", "replaceState"]) {
    const own = history[name].bind(history);
    history[name] = (state, title, address) => own(state, title, address ? kept(address) : address);
  }
  // The way out of a frame leads where the map looks now.
  document.addEventListener(
    "click",
    ({ target }) => {
      const link = target.closest?.(".ouvrir a");
      if (!link) return;
      const [now, next] = [new URL(location.href), new URL(link.href)];
      if (next.pathname !== now.pathname) return;
      for (const name of VIEW) {
        if (now.searchParams.has(name)) next.searchParams.set(name, now.searchParams.get(name));
        else next.searchParams.delete(name);
      }
      link.href = said(next);
    },
    true,
  );
  window.vue = {
    write(values) {
      const next = new URL(location.href);
      for (const [name, value] of Object.entries(values)) {
        if (value === null) next.searchParams.delete(name);
        else next.searchParams.set(name, value);
      }
      if (said(next) !== location.pathname + location.search + location.hash)
        replace(history.state, "", said(next));
    },
  };
})();
// « Partager » and « Imprimer »: see pages/components/share_bar.py.
document.addEventListener("click", async ({ target }) => {
  const action = target.closest?.("[data-action]");
  if (action?.dataset.action === "imprimer") window.print();
  if (action?.dataset.action !== "partager") return;
  const link = { title: document.title, url: location.href };
  try {
    if (navigator.share) await navigator.share(link);
    else {
      await navigator.clipboard.writeText(link.url);
      action.textContent = "Lien copié";
    }
  } catch {
    // Nobody chose where to share it, or the browser refuses: the address bar holds the link.
  }
});
// A table is sorted by its titles or, folded, by its list: numbers and dates by what they are worth,
// words as in a French dictionary, what is empty last.
const WORDS = new Intl.Collator("fr", { numeric: true });
// What was chosen, by page and table: a filter writes the table anew, which then takes it again.
const SORTS = new Map();
const titlesOf = (table) => [...table.tHead.rows[0].cells].map((one) => one.textContent.trim());
const nameOf = (table) => `${location.pathname} ${table.closest("[data-table]").dataset.table}`;
function sortAgain() {
  for (const table of document.querySelectorAll("[data-table] table")) {
    const sort = SORTS.get(nameOf(table));
    if (!sort || table.tHead.querySelector("[aria-sort]")) continue;
    const column = titlesOf(table).indexOf(sort.title);
    if (column >= 0) sortTable(table, column, sort.down);
  }
}
function sortTable(table, column, down) {
  const body = table.tBodies[0];
  const worth = (row) => {
    const cell = row.cells[column];
    return cell.dataset.ordre ?? cell.textContent.trim();
  };
  const numbers = table.tHead.rows[0].cells[column].matches(".nombre");
  const compare = numbers ? (one, other) => one - other : WORDS.compare;
  const lines = [...body.rows].map((row) => [worth(row), row]);
  lines.sort(([one], [other]) =>
    one === "" || other === ""
      ? (one === "") - (other === "")
      : compare(one, other) * (down ? -1 : 1),
  );
  body.append(...lines.map(([, row]) => row));
  for (const [n, title] of [...table.tHead.rows[0].cells].entries()) {
    if (n === column) title.ariaSort = down ? "descending" : "ascending";
    else title.removeAttribute("aria-sort");
  }
  const list = table.parentElement.querySelector(".trier select");
  if (list) list.value = column;
}
function chooseSort(table, column, down) {
  SORTS.set(nameOf(table), { title: titlesOf(table)[column], down });
  sortTable(table, column, down);
}
const isDown = (table, column) =>
  table.tHead.rows[0].cells[column].getAttribute("aria-sort") === "ascending";
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-trier], [data-inverser]");
  if (!button) return;
  const around = button.closest(".tableau");
  const table = around.querySelector("table");
  const column = Number(button.dataset.trier ?? around.querySelector(".trier select").value);
  chooseSort(table, column, isDown(table, column));
});
document.addEventListener("change", ({ target }) => {
  if (target.matches?.(".trier select"))
    chooseSort(target.closest(".tableau").querySelector("table"), Number(target.value), false);
});
// Streamlit's own words that no option names are English: here they are said in French.
const FRENCH = new Map([
  ["Upload", "Choisir un fichier"],
  ["Error:", "Erreur\u00a0: "],
  ["Browse files", "Choisir un fichier"],
  ["view more", "voir plus"],
  ["view less", "voir moins"],
  ["No results", "Aucun résultat"],
  ["No options", "Aucun choix"],
  ["No options to select", "Aucun choix"],
  ["No options to select.", "Aucun choix."],
  ["Select all", "Tout choisir"],
  ["Drag and drop file here", "Déposez un fichier ici"],
  ["Drag and drop files here", "Déposez des fichiers ici"],
  ["Drag and drop directories here", "Déposez des dossiers ici"],
  ["Press Enter to apply", "Entrée pour valider"],
  ["Press Enter to submit form", "Entrée pour envoyer"],
  ["Press Ctrl+Enter to apply", "Ctrl+Entrée pour valider"],
  ["Press Ctrl+Enter to submit form", "Ctrl+Entrée pour envoyer"],
  ["Press ⌘+Enter to apply", "⌘+Entrée pour valider"],
  ["Press ⌘+Enter to submit form", "⌘+Entrée pour envoyer"],
  ["Sort ascending", "Trier du plus petit au plus grand"],
  ["Sort descending", "Trier du plus grand au plus petit"],
  ["Autosize", "Ajuster la largeur"],
  ["Pin column", "Garder à gauche"],
  ["Unpin column", "Ne plus garder à gauche"],
  ["Hide column", "Cacher la colonne"],
  ["Type to search", "Tapez ce que vous cherchez"],
]);
// Sentences in which a part is of the moment.
const SENTENCES = [
  [/^(.+) files are not allowed\.$/, "Les fichiers $1 ne sont pas acceptés."],
  [/^This type of files are not allowed\.$/, "Ce type de fichier n’est pas accepté."],
  [
    /^File must be (\d+)(?:\.0)?MB or smaller\.$/,
    "Ce fichier dépasse $1\u00a0Mo\u00a0: n’en gardez que l’utile, ou apportez-le en plusieurs.",
  ],
  [
    /^You can only select up to (\d+) options?\. Remove an option first\.$/,
    "$1 choix au plus\u00a0: enlevez-en un.",
  ],
  [/^([01]) results?$/, "$1\u00a0résultat"],
  [/^(\d{2,}|[2-9]) results$/, "$1\u00a0résultats"],
  [/^over (\d+) results$/, "Plus de $1\u00a0résultats"],
  [/^(\d+) of (over )?(\d+) results?$/, "$1 sur $3"],
  [/^(\d+) more$/, "$1 autres"],
];
const NAMED = new Map([
  ["Clear all", "Tout effacer"],
  ["Clear value", "Effacer"],
  ["Copy to clipboard", "Copier"],
  ["Fullscreen", "Plein écran"],
  ["Close fullscreen", "Quitter le plein écran"],
  ["Search", "Chercher"],
  ["Download as CSV", "Télécharger en CSV"],
  ["Show/hide columns", "Choisir les colonnes"],
  ["Choose an option", "Choisissez"],
  ["Choose options", "Choisissez"],
  ["Choose or add an option", "Choisissez ou écrivez"],
  ["Choose or add options", "Choisissez ou écrivez"],
  ["Clear entry", "Effacer la saisie"],
  ["file upload", "Choisir un fichier"],
  ["Add files", "Ajouter un fichier"],
  ["Dataframe column menu", "Menu de la colonne"],
  ["Copy column name", "Copier le nom de la colonne"],
  ["Previous Result", "Résultat précédent"],
  ["Next Result", "Résultat suivant"],
  ["Close Search", "Fermer la recherche"],
  ["Navigate to home page", "Accueil"],
  ["App pages", "Pages"],
  ["Sidebar", "Menu"],
  ["Expand sidebar", "Ouvrir le menu"],
  ["Collapse sidebar", "Fermer le menu"],
  ["Open", "Ouvrir"],
]);
// Names that go on with what they are of.
const NAMED_OF = [
  ["Help for ", "Aide\u00a0: "],
  ["Remove ", "Retirer "],
  ["Fullscreen: ", "Plein écran\u00a0: "],
  ["Close fullscreen: ", "Quitter le plein écran\u00a0: "],
  ["Download as PNG: ", "Télécharger en PNG\u00a0: "],
];
function inFrench(name) {
  if (NAMED.has(name)) return NAMED.get(name);
  const [english, french] = NAMED_OF.find(([start]) => name.startsWith(start)) ?? ["", ""];
  return french + name.slice(english.length);
}
const NAMING = ["aria-label", "title", "placeholder"];
const WHERE = [
  "stFileUploader",
  "stToast",
  "stMultiSelect",
  "stSelectbox",
  "stDataFrameColumnVisibilityMenu",
  "stDataFrameColumnMenu",
  "InputInstructions",
]
  .map((name) => `[data-testid="${name}"] *`)
  .concat('[data-testid="InputInstructions"]', ".gdg-search-status *")
  .concat('[data-testid="stTopNavSection"] p')
  .concat('[role="listbox"]', '[role="listbox"] *', '[data-baseweb="popover"] *')
  .join(", ");
const SKIP = "Aller au contenu";
// Streamlit lights the page one is on, but not the name under which a page is folded.
const FOLDED = new Map([
  ["Faire alliance", ["ecosysteme", "acteurs", "alliances", "projets"]],
  ["Gérer", ["contribuer", "verifier", "doublons", "historique", "moderation", "demandes"]],
]);
function light() {
  const page = location.pathname.split("/").at(-1);
  for (const one of document.querySelectorAll('[data-testid="stTopNavSection"]'))
    one.toggleAttribute("data-ici", FOLDED.get(one.textContent)?.includes(page) ?? false);
}
const NO_FILE = "Fichier indisponible\u00a0: redemandez-le dans un instant.";
const say = (node, text) => {
  if (node && node.nodeValue !== text) node.nodeValue = text;
};
function translate() {
  say(document.querySelector('[data-testid="stSkipToContent"]')?.firstChild, SKIP);
  light();
  for (const one of document.querySelectorAll('[data-testid="stDownloadButtonError"]'))
    say(document.createTreeWalker(one, NodeFilter.SHOW_TEXT).nextNode(), NO_FILE);
  // Streamlit says that another element names its messages, and writes no such element.
  for (const one of document.querySelectorAll('[data-testid="stToast"]:not([aria-label])'))
    one.setAttribute("aria-label", "Message");
  for (const attribute of NAMING) {
    for (const one of document.querySelectorAll(`[${attribute}]`)) {
      const name = one.getAttribute(attribute);
      const said = inFrench(name);
      if (said !== name) one.setAttribute(attribute, said);
    }
  }
  for (const one of document.querySelectorAll(WHERE)) {
    for (const node of one.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE) continue;
      const text = node.nodeValue.trim();
      if (FRENCH.has(text)) say(node, FRENCH.get(text));
      else if (SENTENCES.some(([english]) => english.test(text))) {
        const [english, french] = SENTENCES.findLast(([pattern]) => pattern.test(text));
        say(node, text.replace(english, french));
      } else if (/^\d+MB per file/.test(text))
        say(node, text.replace(/^(\d+)MB per file/, "$1 Mo au plus"));
      else if (/^[\d.]+[KM]?B$/.test(text))
        say(
          node,
          text.replace(".", ",").replace(/([KM]?)B$/, (_, k) => `\u00a0${k === "K" ? "k" : k}o`),
        );
    }
  }
}
// Once before each picture: a page on its way changes a hundred times, and all of it is read.
let due = false;
new MutationObserver(() => {
  if (due) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    translate();
    sortAgain();
  });
}).observe(document, { childList: true, subtree: true, characterData: true });
