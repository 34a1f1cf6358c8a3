// Names of towns on the map in one file, seats of régions then of départements, the most populous
// first: beside its town or its mark, none over another or over a mark.
(() => {
  "use strict";
  const MARK = 17,
    HIGH = 9,
    LETTER = 7; // pixels: half a mark, half a line, a letter
  // Where a name begins, from its town: a share of its length, then pixels; the last ones, of a mark.
  const SIDES = [
    [0, 6, 0],
    [-1, -6, 0],
    [0, 20, 0],
    [-1, -20, 0],
    [-0.5, 0, 26],
    [-0.5, 0, -26],
  ];

  function townNames(map, towns) {
    const pane = map.createPane("noms");
    Object.assign(pane.style, { zIndex: 450, pointerEvents: "none" });
    pane.setAttribute("aria-hidden", "true"); // the list says where each record is
    const written = L.layerGroup().addTo(map);
    const meet = (one, other) =>
      one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];

    function marked() {
      const found = [];
      map.eachLayer((layer) => {
        if (!layer.getLatLng || layer.options.pane === "noms") return;
        const { x, y } = map.latLngToLayerPoint(layer.getLatLng());
        found.push([x - MARK, y - MARK, x + MARK, y + MARK]);
      });
      return found;
    }
    function write() {
      written.clearLayers();
      const taken = marked();
      for (const [name, lon, lat] of towns) {
        const { x, y } = map.latLngToLayerPoint([lat, lon]);
        const long = name.length * LETTER;
        const free = SIDES.map(([share, by, down]) => [x + share * long + by, y + down])
          .map(([left, middle]) => [left, middle - HIGH, left + long, middle + HIGH])
          .find((box) => !taken.some((one) => meet(one, box)));
        if (!free) continue;
        taken.push(free, [x - 3, y - 3, x + 3, y + 3]);
        const html = document.createElement("span");
        html.textContent = name;
        const offset = [x - free[0], y - free[1]];
        html.style.setProperty("--x", `${offset[0]}px`);
        html.style.setProperty("--y", `${offset[1]}px`);
        const icon = L.divIcon({ html, className: "nom", iconSize: [0, 0], iconAnchor: offset });
        L.marker([lat, lon], { icon, pane: "noms", interactive: false, keyboard: false }).addTo(
          written,
        );
      }
    }
    return write;
  }

  window.townNames = townNames;
})();
