/* The page that the server painted: its map is live at once, and it gives way to the live page once
   that one shows the same. */
(() => {
  const painted = document.getElementById("premier");
  if (!painted) return;
  const LOOK = 60;
  const PATIENCE = 3000;
  const TRIES = 6; // a busy machine takes longer to start than a server makes anybody wait
  const THEIRS = ["keydown", "pointerdown", "beforeinput"]; // the visitor goes on
  const DRAWN = ".leaflet-container :is(path, canvas, .leaflet-marker-icon)";
  const SAID = '[data-testid="stMain"] :is(h1, [data-testid="stAlert"])'; // a page, or why there is none
  const FIELDS = ".st-key-lieu_texte input, .st-key-territoire_texte input, .st-key-texte input";
  const VIEW = ["centre", "zoom", "choix", "recherche"];
  let ready = 0;

  /* ---------- its map ---------- */
  const written = (files, write) => files.map((one) => write(encodeURI(one))).join("");
  /* Over its drawing, once it shows as much. */
  function draw({ scripts, styles, base, overlay }, holder) {
    const frame = document.createElement("iframe");
    const links = written(styles, (href) => `<link rel="stylesheet" href="${href}">`);
    const code = written(scripts, (src) => `<script src="${src}"></script>`);
    frame.title = overlay.title;
    frame.srcdoc = `<!doctype html><html lang="fr">${links}<div id="map_div"></div>${code}</html>`;
    frame.addEventListener("load", () => {
      const { catalyse } = frame.contentWindow;
      const map = catalyse.map("map_div", base);
      catalyse.show(map, overlay).addTo(map);
      const look = () => {
        if (!frame.contentDocument?.querySelector(DRAWN)) requestAnimationFrame(look);
        else frame.classList.add("prete");
      };
      look();
    });
    holder.replaceWith(frame);
  }
  function start() {
    const spec = painted.querySelector(".dessin > script");
    if (spec) draw(JSON.parse(spec.textContent), spec);
  }
  requestAnimationFrame(() => setTimeout(start)); // its words are on screen before its scripts run
  /* A click on it says where to start from: the page of that place is painted as this one is. */
  window.departure = ({ kind, lat, lon }) => {
    if (kind !== "place") return;
    const next = new URL(location.href);
    for (const name of VIEW) next.searchParams.delete(name);
    next.searchParams.set("lieu", `${lon.toFixed(5)},${lat.toFixed(5)}`);
    location.assign(next);
  };

  /* ---------- its answer, where the server had just started ---------- */
  const isBusy = (typed) =>
    typed && (document.activeElement === typed || typed.value !== typed.defaultValue);
  async function complete() {
    let found = null;
    for (let left = TRIES; left && !found && painted.isConnected; left -= 1) {
      const headers = { Prefer: "wait=5" };
      const answer = await fetch(location.href, { cache: "no-store", headers });
      const html = new DOMParser().parseFromString(await answer.text(), "text/html");
      found = html.querySelector("#premier:not([data-attend])");
    }
    if (!found || !painted.isConnected) return;
    // Whoever is typing keeps their field.
    const part = isBusy(painted.querySelector("input[type=search]")) ? ".dessin" : "main";
    painted.querySelector(part)?.replaceWith(found.querySelector(part) ?? "");
    painted.prepend(...found.querySelectorAll(":scope > link"));
    start();
  }
  if (painted.dataset.attend !== undefined) complete().catch(() => {}); // the live page answers

  /* ---------- the live page ---------- */
  const liveFrame = () => document.querySelector('[data-testid="stMain"] iframe');

  const hasMap = () => {
    const frame = liveFrame();
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
    const late = lacks(".dessin :is(svg, iframe)", hasMap) || lacks("input[type=search]", hasField);
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
  /* The live map looks where the visitor has moved the painted one, at the card they opened. */
  function goOn(onMap) {
    const frame = liveFrame();
    frame?.contentWindow.catalyse?.view.goOn();
    if (onMap) frame?.focus();
  }
  function handOver() {
    const typed = painted.querySelector("input[type=search]");
    const busy = typed && document.activeElement === typed;
    const changed = typed && typed.value !== typed.defaultValue;
    const scrolled = painted.scrollTop;
    const onMap = document.activeElement?.matches("#premier iframe");
    const seen = painted.querySelector("iframe.prete");
    painted.remove();
    if (seen) goOn(onMap);
    if (busy || changed) carryOn(changed ? typed.value : null, busy);
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, scrolled);
  }
  const timer = setInterval(() => {
    if (!isLive()) return;
    clearInterval(timer);
    handOver();
  }, LOOK);
})();
