/* The page's legend explains what the frame shows: what is out of sight is hidden from it. A style
   sheet says so, which stands whatever the page draws anew. */
(() => {
  "use strict";
  const { parentDocument, framed } = window.catalyse.tools;
  const HALF = 14; // pixels of a mark that is seen though its middle is not
  const VIEWS = ".st-key-cadre_vue, #premier"; // where a legend is of one map
  const HOLDERS = '.legende, .legendes, [data-testid="stLayoutWrapper"]:has(> .st-key-legende)';

  function legend(map) {
    const page = parentDocument();
    if (!page || (!framed() && !window.frameElement.closest(VIEWS))) return;
    const sheet = new page.defaultView.CSSStyleSheet();
    page.adoptedStyleSheets.push(sheet);
    window.addEventListener("pagehide", () => {
      page.adoptedStyleSheets = page.adoptedStyleSheets.filter((one) => one !== sheet);
    });
    let waiting = 0;
    const explain = () => {
      waiting = 0;
      if (!map.getSize().x) return;
      const [low, high] = [L.point(-HALF, -HALF), map.getSize().add([HALF, HALF])];
      const frame = L.latLngBounds(
        map.containerPointToLatLng(low),
        map.containerPointToLatLng(high),
      );
      const isSeen = ([, path]) =>
        path.some((at, nth) => frame.intersects(L.latLngBounds([path[Math.max(nth - 1, 0)], at])));
      const keys = new Set(
        map.signs.flatMap((signs) =>
          signs()
            .filter(isSeen)
            .map(([key]) => key),
        ),
      );
      const seen = [...keys].map((key) => `[data-signe="${CSS.escape(key)}"]`);
      const out = `[data-signe]:not(${seen.join() || "_"})`;
      sheet.replaceSync(
        `${out}, :is(${HOLDERS}):not(:has(li:not(${out}))) { display: none !important }`,
      );
    };
    map.explain = () => {
      if (!waiting) waiting = requestAnimationFrame(explain);
    };
    map.on("moveend resize", map.explain);
  }
  /* Say what may be explained: a function that lists keys of the legend, each with the points
     where it stands, or the line that it follows. */
  function explained(map, signs) {
    map.signs.push(signs);
    map.explain?.();
  }

  window.catalyse.legend = { start: legend, explained };
})();
