/* The page that the server painted gives way to the live one, once that one shows the same. */
(() => {
  const painted = document.getElementById("premier");
  if (!painted) return;
  const LOOK = 60;
  const PATIENCE = 3000;
  const THEIRS = ["keydown", "pointerdown", "beforeinput"]; // the visitor goes on
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
  const hasField = () => document.querySelector(FIELDS);
  function isLive() {
    const app = document.querySelector('[data-testid="stApp"]');
    if (app?.dataset.testScriptState !== "notRunning") return false;
    if (!document.querySelector(SAID)) return false;
    ready ||= Date.now();
    const lacks = (what, isThere) => painted.querySelector(what) && !isThere();
    const late = lacks(".dessin svg", hasMap) || lacks("input[type=search]", hasField);
    return !late || Date.now() - ready > PATIENCE;
  }
  const write = (field, text) => {
    const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
    set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  /* What was typed meanwhile goes on in the live field: its own script may come last, and the
     page's first answers may draw it anew. Whoever goes on in it is left alone. */
  function carryOn(text, busy) {
    const until = Date.now() + PATIENCE;
    let before = null; // what the live field said by itself
    const step = () => {
      const field = hasField();
      if (field && busy && document.activeElement === document.body) field.focus();
      if (field && text !== null) before ??= field.value;
      if (field?.value === before && before !== text) write(field, text);
      if (Date.now() > until) stop();
    };
    const timer = setInterval(step, LOOK);
    const stop = (event) => {
      if (event && !event.isTrusted) return;
      clearInterval(timer);
      for (const kind of THEIRS) document.removeEventListener(kind, stop, true);
    };
    for (const kind of THEIRS) document.addEventListener(kind, stop, true);
    step();
  }
  function handOver() {
    const typed = painted.querySelector("input[type=search]");
    const busy = typed && document.activeElement === typed;
    const changed = typed && typed.value !== typed.defaultValue;
    const scrolled = painted.scrollTop;
    painted.remove();
    if (busy || changed) carryOn(changed ? typed.value : null, busy);
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, scrolled);
  }
  const timer = setInterval(() => {
    if (!isLive()) return;
    clearInterval(timer);
    handOver();
  }, LOOK);
})();
