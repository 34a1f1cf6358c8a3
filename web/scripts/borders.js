/* True borders as one comes close: squares of lines over what was drawn from afar, whose own
   strokes then hide. Fetched for the squares in view only. */
(() => {
  "use strict";
  const SQUARE = 11, // zoom of the squares, as the server cuts them
    FROM = 11,
    COMMUNES_FROM = 12; // zooms from which they are asked for
  const LINES = {
    territory: { color: "var(--coast)", weight: 0.8 },
    areas: { color: "var(--shade-6)", weight: 1.2, opacity: 0.9 },
  };

  /* Draws the borders of a map's layers; called again whenever its layers change. */
  function borders(map, layers) {
    map.borders?.remove();
    const wanted = layers.find((one) => one.borders);
    map.borders = wanted ? follow(map, wanted) : null;
  }

  function follow(map, layer) {
    const { fetched } = window.catalyse.tools;
    const pane = map.getPane("bords") ?? map.createPane("bords");
    Object.assign(pane.style, { zIndex: 375, pointerEvents: "none" });
    const renderer = L.canvas({ pane: "bords", padding: 0.25 });
    const style = {
      ...LINES[layer.type],
      pane: "bords",
      renderer,
      interactive: false,
      fill: false,
    };
    const from = layer.type === "territory" ? COMMUNES_FROM : FROM;
    const shown = L.layerGroup().addTo(map);
    const squares = new Map(); // address -> lines, or null while they are on their way
    let members = null; // a territory draws the communes in it, none around
    let over = false;
    if (layer.type === "territory")
      fetched(layer.url, (json) => {
        members = new Set(json.features.map(({ properties }) => properties.code));
        update();
      });

    function have(url) {
      if (!squares.has(url)) {
        squares.set(url, null);
        fetched(url, (json) => {
          const filter = ({ properties }) => !members || members.has(properties.code);
          squares.set(url, L.geoJSON(json, { ...style, style, filter }));
          update();
        });
      }
      return squares.get(url);
    }
    function update() {
      if (over || (layer.type === "territory" && !members)) return;
      const near = map.getZoom() >= from;
      const lines = near ? window.catalyse.squares(map, layer.borders).map(have) : [];
      shown.eachLayer((one) => {
        if (!lines.includes(one)) shown.removeLayer(one);
      });
      for (const one of lines) if (one) shown.addLayer(one);
      map.getContainer().classList.toggle("precis", near && lines.every(Boolean));
    }
    map.on("moveend", update);
    update();
    return {
      remove: () => {
        over = true;
        map.off("moveend", update);
        shown.remove();
        map.getContainer().classList.remove("precis");
      },
    };
  }

  const address = (template, x, y) => template.replace("{x}", x).replace("{y}", y);
  function inView(map, zoom) {
    const view = map.getBounds();
    const [west, north] = square(map, view.getNorthWest(), zoom);
    const [east, south] = square(map, view.getSouthEast(), zoom);
    const found = [];
    for (let x = west; x <= east; x++) for (let y = north; y <= south; y++) found.push([x, y]);
    return found;
  }
  const square = (map, at, zoom) => {
    const { x, y } = map.project(at, zoom).divideBy(256).floor();
    return [x, y];
  };

  window.catalyse.borders = borders;
  window.catalyse.squares = (map, template, zoom = SQUARE) =>
    inView(map, zoom).map(([x, y]) => address(template, x, y));
})();
