/* The page that the server painted gives way to the live one, once that one shows the same. */
(() => {
  const painted = document.getElementById("premier");
  if (!painted) return;
  const LOOK = 60;
  const MAP_PATIENCE = 3000;
  const DRAWN = ".leaflet-container :is(path, canvas, .leaflet-marker-icon)";
  const SAID = '[data-testid="stMain"] :is(h1, [data-testid="stAlert"])'; // a page, or why there is none
  const FIELDS = ".st-key-lieu_texte input, .st-key-territoire_texte input";
  let ready = 0;

  const hasMap = () => {
    const frame = document.querySelector('[data-testid="stMain"] iframe');
    if (frame && !frame.offsetParent) return true; // a phone shows the list
    try {
      return frame?.contentDocument.querySelector(DRAWN);
    } catch {
      return true;
    }
  };
  function isLive() {
    const app = document.querySelector('[data-testid="stApp"]');
    if (app?.dataset.testScriptState !== "notRunning") return false;
    if (!document.querySelector(SAID)) return false;
    ready ||= Date.now();
    const mapped = painted.querySelector(".dessin svg");
    return !mapped || hasMap() || Date.now() - ready > MAP_PATIENCE;
  }
  /* What was typed meanwhile goes on in the live field. */
  function handOver() {
    const typed = painted.querySelector("input[type=search]");
    const field = document.querySelector(FIELDS);
    const busy = typed && document.activeElement === typed;
    if (field && typed && typed.value !== typed.defaultValue) {
      const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
      set.call(field, typed.value);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const scrolled = painted.scrollTop;
    painted.remove();
    if (busy) field?.focus();
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, scrolled);
  }
  const timer = setInterval(() => {
    if (!isLive()) return;
    clearInterval(timer);
    handOver();
  }, LOOK);
})();
