/* A map by the keyboard: two stops, the marks and the buttons; arrows go from one to the next.
   The maps of the app use it, and the map in one file: it needs Leaflet's map and nothing else. */
(() => {
  "use strict";
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const MARKS = ".leaflet-marker-icon[role=button]";
  const CONTROLS = ".leaflet-control-container :is(a, button)";
  const HOW =
    "Flèches\u00a0: d’un signe à l’autre. Entrée\u00a0: ouvrir. + et −\u00a0: zoomer. Majuscule et flèches\u00a0: déplacer la carte.";

  const middle = (one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  };
  const nearest = (all, { x, y }) =>
    all.reduce((best, one) => {
      const at = middle(one);
      const far = Math.hypot(at.x - x, at.y - y);
      return best && best.far <= far ? best : { one, far };
    }, null)?.one;
  const AHEAD = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  /* The next one that way: what is straight ahead comes before what is aside. */
  function ahead(all, from, [right, down]) {
    const here = middle(from);
    let best = null;
    for (const one of all) {
      if (one === from) continue;
      const at = middle(one);
      const [x, y] = [at.x - here.x, at.y - here.y];
      const along = x * right + y * down;
      const aside = Math.abs(x * down) + Math.abs(y * right);
      if (along < 1 || aside > 2 * along) continue;
      if (!best || along + 2 * aside < best.far) best = { one, far: along + 2 * aside };
    }
    return best?.one;
  }
  function one(all, stop) {
    for (const each of all) {
      const wanted = each === stop ? 0 : -1;
      if (each.tabIndex !== wanted) each.tabIndex = wanted;
    }
  }
  /* ``notice`` says a sentence over the map for some milliseconds. */
  function keyboard(map, notice) {
    const box = map.getContainer();
    const pane = map.getPane("mapPane");
    pane.setAttribute("role", "group");
    const bar = box.querySelector(".leaflet-control-container");
    bar.setAttribute("role", "toolbar");
    bar.setAttribute(
      "aria-label",
      "Boutons de la carte\u00a0: flèches pour aller de l’un à l’autre",
    );
    const marks = () => [...box.querySelectorAll(MARKS)];
    const buttons = () => [...box.querySelectorAll(CONTROLS)].filter((it) => it.offsetParent);
    let [mark, button, entering, waiting] = [null, null, false, false];

    function tidy() {
      waiting = false;
      const all = marks();
      const some = buttons();
      if (!mark?.isConnected) mark = nearest(all, middle(box));
      if (!some.includes(button)) button = some[0];
      one(all, mark);
      one(some, button);
      box.tabIndex = all.length ? -1 : 0; // nothing to reach: the map itself is, and arrows move it
      if (all.length) pane.setAttribute("aria-label", `Signes de la carte. ${HOW}`);
      else pane.removeAttribute("aria-label");
      // Shapes are skipped: the page's list names them.
      for (const svg of box.querySelectorAll(".leaflet-pane > svg:not([aria-hidden])"))
        svg.setAttribute("aria-hidden", "true");
      for (const path of box.querySelectorAll("path.leaflet-interactive:not([tabindex])"))
        path.setAttribute("tabindex", "-1");
      if (entering && !document.activeElement?.closest(MARKS)) mark?.focus({ preventScroll: true });
      entering = false;
    }
    const later = () => {
      if (!waiting) requestAnimationFrame(tidy);
      waiting = true;
    };
    new MutationObserver(later).observe(box, { childList: true, subtree: true });
    box.addEventListener("focusin", ({ target }) => {
      if (target.matches(MARKS)) {
        mark = target;
        if (target.matches(":focus-visible") && !keyboard.told) {
          keyboard.told = true;
          notice(HOW, 6000);
        }
      } else if (target.matches(CONTROLS)) button = target;
      later();
    });
    box.addEventListener("keydown", (event) => press(event));
    function press(event) {
      const { target, key, shiftKey } = event;
      const way = AHEAD[key];
      if (key === "Escape" && box.querySelector(".leaflet-popup")) {
        map.closePopup();
        mark?.focus({ preventScroll: true });
      } else if (target.matches(CONTROLS) && way) {
        const all = buttons();
        const step = way[0] + way[1];
        all.at((all.indexOf(target) + step) % all.length).focus();
      } else if (!target.matches(MARKS)) return;
      else if (way && shiftKey)
        map.panBy(
          way.map((by) => by * 120),
          { animate: !calm() },
        );
      else if (way) ahead(marks(), target, way)?.focus({ preventScroll: true });
      else if (key === "+" || key === "=") map.zoomIn();
      else if (key === "-") map.zoomOut();
      else if (key === "Enter" || key === " ") {
        entering = target.matches(".amas");
        if (key === " ") target.click();
        if (key === "Enter") return; // Leaflet's own
      } else return;
      event.preventDefault();
      event.stopPropagation();
    }
    tidy();
  }

  window.catalyse ??= {};
  window.catalyse.keyboard = keyboard;
})();
