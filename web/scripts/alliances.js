/* Alliances as curved lines, and a perimeter being drawn: two more layers for layers.js. */
(() => {
  "use strict";
  const { draw } = window.catalyse;
  const { element, inside } = window.catalyse.tools;
  const BEND = 0.16,
    STEPS = 28,
    MOST = 8;

  /* A curve in the plane of the map; the second alliance of a pair bends the other way, the third
     further, so that none hides another. */
  function curve(from, to, nth) {
    const [a, b] = [from, to].map((at) => L.CRS.EPSG3857.project(L.latLng(at)));
    const bend = BEND * (1 + Math.floor(nth / 2)) * (nth % 2 ? -1 : 1);
    const top = L.point((a.x + b.x) / 2 - (b.y - a.y) * bend, (a.y + b.y) / 2 + (b.x - a.x) * bend);
    return Array.from({ length: STEPS + 1 }, (_, step) => {
      const t = step / STEPS;
      const at = a
        .multiplyBy((1 - t) ** 2)
        .add(top.multiplyBy(2 * t * (1 - t)))
        .add(b.multiplyBy(t ** 2));
      return L.CRS.EPSG3857.unproject(at);
    });
  }

  function card({ id, name, kind, members, when, fictive }, link, opens) {
    const made = element(
      "div",
      { class: "carton" },
      element("strong", {}, name),
      element("div", {}, [kind, when].filter(Boolean).join(" · ")),
    );
    const list = element("ul", {}, ...members.slice(0, MOST).map((one) => element("li", {}, one)));
    if (members.length > MOST)
      list.append(element("li", {}, `et ${members.length - MOST} de plus`));
    made.append(list);
    if (fictive) made.append(element("div", { class: "fictif" }, "Donnée fictive"));
    made.append(element("div", { class: "liens" }, inside(link + encodeURIComponent(id), opens)));
    return made;
  }

  draw.arcs = (map, group, { arcs, hubs, alliances, link, opens = "Ouvrir l’alliance" }) => {
    const met = new Map();
    const lines = []; // of a kind each, for the legend
    for (const [index, ...ends] of arcs) {
      // The same two places always bend from the same end, whatever the order of the members.
      const [from, to] = [ends.slice(0, 2), ends.slice(2)].sort(
        (one, two) => one[1] - two[1] || one[0] - two[0],
      );
      const pair = [...from, ...to].join();
      const nth = met.get(pair) ?? 0;
      met.set(pair, nth + 1);
      const said = alliances[index];
      const path = curve(from, to, nth);
      lines.push([said.kind, path]);
      group.addLayer(
        L.polyline(path, {
          color: "var(--card)",
          weight: said.width + 3,
          opacity: 0.75,
          interactive: false,
        }),
      );
      const line = L.polyline(path, {
        color: said.colour,
        weight: said.width,
        dashArray: said.dashes || null,
        lineCap: "butt",
        className: "lien",
      });
      line.bindTooltip(() => element("span", {}, `${said.name} (${said.kind})`), { sticky: true });
      line.bindPopup(() => card(said, link, opens), { minWidth: 210, maxWidth: 280 });
      line.on("popupopen", () => line.closeTooltip());
      window.catalyse.view.record(map, said.id, line);
      line.on("mouseover", () => line.setStyle({ weight: said.width + 2 }));
      line.on("mouseout", () => line.setStyle({ weight: said.width }));
      group.addLayer(line);
    }
    for (const [index, ...at] of hubs) {
      // where the members of a large alliance meet
      const said = alliances[index];
      const hub = L.circleMarker(at, {
        radius: 7,
        color: said.colour,
        weight: 3,
        fillColor: "var(--card)",
        fillOpacity: 1,
      });
      hub.bindTooltip(() => element("span", {}, `${said.name} (${said.kind})`), {
        direction: "top",
      });
      hub.bindPopup(() => card(said, link, opens), { minWidth: 210, maxWidth: 280 });
      group.addLayer(hub);
    }
    window.catalyse.legend.explained(map, () => lines);
    window.catalyse.view.open(map);
  };

  draw.sketch = (_map, group, { corners }) => {
    const style = { color: "var(--orange)", weight: 3, dashArray: "6 5", interactive: false };
    if (corners.length > 2) group.addLayer(L.polygon(corners, { ...style, fillOpacity: 0.08 }));
    else if (corners.length === 2) group.addLayer(L.polyline(corners, style));
    corners.forEach((at, index) => {
      const mark = element("span", { class: "coin" }, String(index + 1));
      group.addLayer(
        L.marker(at, {
          icon: L.divIcon({ html: mark, className: "origine", iconSize: [26, 26] }),
          interactive: false,
          keyboard: false,
        }),
      );
    });
  };
})();
