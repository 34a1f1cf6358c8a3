/* A map of more marks than are sent: the server says what each view shows, groups or marks, and
   what stays from one view to the next is not drawn again. Asked for by points.js when needed. */
(() => {
  "use strict";
  const { element, fetched, inside } = window.catalyse.tools;
  const { group: groupIcon } = window.catalyse.marks;
  const { marker, clusters, paneOf, keep, reach } = window.catalyse.pieces;
  const [TILE, MOST, DEEPEST, CLOSE] = [256, 24, 18, 12]; // as geo/output/maps/crowds.py

  /* What the frame shows, in whole tiles of the zoom: a small move asks for nothing. */
  function seen(map) {
    const zoom = Math.min(Math.floor(map.getZoom() + 0.3), DEEPEST); // squares of 52 pixels at least
    const bounds = map.getBounds();
    const [low, high] = [bounds.getNorthWest(), bounds.getSouthEast()];
    const [from, to] = [map.project(low, zoom), map.project(high, zoom)];
    const within = (value, least) => Math.min(Math.max(value, least), 1 << zoom);
    const west = within(Math.floor(from.x / TILE), 0);
    const north = within(Math.floor(from.y / TILE), 0);
    const east = Math.min(within(Math.ceil(to.x / TILE), west + 1), west + MOST);
    const south = Math.min(within(Math.ceil(to.y / TILE), north + 1), north + MOST);
    return { zoom, box: [west, north, east, south] };
  }

  function draw(map, group, layer, { symbols, names }) {
    const cluster = clusters(layer, names, true);
    group.addLayer(cluster);
    const held = new Map(); // what is drawn, by what the server says of it
    let asked = "";
    function look() {
      if (!map.getSize().x) return;
      const { zoom, box } = seen(map);
      const url = `${layer.view}${[zoom, ...box].join("/")}.json`;
      if (url === asked) return;
      asked = url;
      fetched(url, (said) => {
        if (url === asked) show(said);
      });
    }
    function show({ records, groups }) {
      const focused = [...held.values()].find(
        (one) => one.getElement?.() && one.getElement() === document.activeElement,
      );
      const wanted = new Map();
      for (const one of records) wanted.set(one[0], () => single(one));
      for (const one of groups) wanted.set(JSON.stringify(one), () => several(one));
      for (const [key, one] of held)
        if (!wanted.has(key)) {
          (one.counts ? group : cluster).removeLayer(one);
          map.records.delete(one.id);
          held.delete(key);
        }
      for (const [key, made] of wanted) if (!held.has(key)) held.set(key, made());
      if (focused && !focused._map) refocus(focused.getLatLng());
      map.explain?.();
      window.catalyse.view.open(map);
    }
    function single(record) {
      const one = marker(record, symbols, layer);
      cluster.addLayer(one);
      keep(map, one, (then) => reach(cluster, one, then));
      return one;
    }
    function several([lon, lat, box, kinds, parted, listed]) {
      const one = L.marker([lat, lon], { pane: paneOf(layer), riseOnHover: true });
      one.counts = new Map(Object.entries(kinds));
      one.setIcon(groupIcon(one, { ...layer, deepest: !parted }, names));
      if (listed.length) one.bindPopup(() => list(one, listed), { minWidth: 210, maxWidth: 270 });
      else one.on("click keypress", (event) => closer(event, box, parted));
      group.addLayer(one);
      return one;
    }
    function closer({ type, originalEvent, target }, [west, south, east, north], parted) {
      if (type === "keypress" && originalEvent.key !== "Enter") return;
      if (!parted) map.setView(target.getLatLng(), Math.max(CLOSE, Math.round(map.getZoom()) + 2));
      else {
        const bounds = L.latLngBounds([south, west], [north, east]);
        const zoom = Math.max(map.getBoundsZoom(bounds), Math.floor(map.getZoom()) + 1);
        map.setView(bounds.getCenter(), Math.min(zoom, DEEPEST));
      }
    }
    function list(one, listed) {
      const count = one.said.replace(/\u00a0:.*/s, "");
      const links = listed.map(([id, name, , , , , , , , , , , page]) =>
        element("div", {}, inside(page ?? layer.link + encodeURIComponent(id), name)),
      );
      const left = [...one.counts.values()].reduce((sum, many) => sum + many, 0) - listed.length;
      const more = `Et ${left.toLocaleString("fr-FR")} de plus au même endroit\u00a0: filtrez-les.`;
      return element(
        "div",
        { class: "carton" },
        element("strong", {}, count),
        ...links,
        ...(left > 0 ? [element("div", {}, more)] : []),
      );
    }
    /* The keyboard stands on the mark that is nearest to the one that gave way. */
    function refocus(at) {
      const from = map.latLngToContainerPoint(at);
      const far = (one) => map.latLngToContainerPoint(one.getLatLng()).distanceTo(from);
      const drawn = [...held.values()].filter((one) => one.getElement?.());
      const [first] = drawn.sort((a, b) => far(a) - far(b));
      first?.getElement().focus({ preventScroll: true });
    }
    const kindsOf = (one) => (one.counts ? [...one.counts.keys()] : [one.mark]);
    window.catalyse.legend.explained(map, () =>
      [...held.values()].flatMap((one) => kindsOf(one).map((key) => [key, [one.getLatLng()]])),
    );
    map.on("moveend", look);
    map.uncrowd.push(() => map.off("moveend", look));
    look();
  }

  window.catalyse.crowd = draw;
})();
