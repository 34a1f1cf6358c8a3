/* Catalysts on a map, and whatever else has a mark and a card: grouped, or ranked and all in sight. */
(() => {
  "use strict";
  const { element, fetched, inside, outside, isWeb, look, notice, report } = window.catalyse.tools;
  const { group: groupIcon, naming, answering } = window.catalyse.marks;
  const { explained } = window.catalyse.legend;

  function catalysts(map, group, layer) {
    fetched(layer.url, ({ records, symbols, names }) => {
      if (layer.view) {
        crowded(map, group, layer, { symbols, names });
        return;
      }
      const wanted = new Set(layer.ids);
      const chosen = records.filter((one) => wanted.has(one[0]));
      if (map.spec.layers.includes(layer))
        explained(map, () => chosen.map(([, , lon, lat, mark]) => [mark, [[lat, lon]]]));
      if (Object.keys(layer.ranks).length) {
        ranked(map, group, chosen, symbols, layer);
        return;
      }
      if (layer.apart && !map.getPane("apart")) map.createPane("apart").style.zIndex = 590;
      const cluster = clusters(layer, names, chosen.length > MANY);
      const made = chosen.map((one) => marker(one, symbols, layer));
      cluster.addLayers(made);
      group.addLayer(cluster);
      made.forEach((one) => keep(map, one, (then) => reach(cluster, one, then)));
      window.catalyse.view.open(map);
    });
  }
  const NARROW = 520; // pixels, as in map.css: rings of a phone have more beneath them
  function clusters(layer, names, large) {
    return L.markerClusterGroup({
      clusterPane: paneOf(layer),
      maxClusterRadius: large ? 70 : layer.apart ? 60 : innerWidth < NARROW ? 46 : 34,
      showCoverageOnHover: false,
      animate: false,
      spiderfyOnMaxZoom: true,
      zoomToBoundsOnClick: true,
      spiderfyDistanceMultiplier: 1.6,
      iconCreateFunction: (cluster) => groupIcon(cluster, layer, names),
      spiderLegPolylineOptions: { weight: 1.5, color: "var(--ink)", opacity: 0.6 },
    });
  }
  /* Too many to be sent: what draws them is asked for once, and they by the view. */
  let crowdScript = null;
  function crowded(map, group, layer, marks) {
    crowdScript ??= new Promise((loaded, failed) => {
      const script = element("script", { src: layer.script });
      script.addEventListener("load", loaded);
      script.addEventListener("error", failed);
      document.head.append(script);
    });
    crowdScript.then(
      () => {
        if (map.spec.layers.includes(layer)) window.catalyse.crowd(map, group, layer, marks);
      },
      () => notice("Une couche de la carte n’a pas pu être chargée. Rechargez la page."),
    );
  }
  /* The nearest ones all show at once: those that would hide each other stand in a ring. */
  function ranked(map, group, chosen, symbols, layer) {
    chosen.sort((a, b) => layer.ranks[b[0]] - layer.ranks[a[0]]);
    const made = chosen.map((one) => marker(one, symbols, layer));
    if (map.moved)
      look(
        map,
        map.spec.bounds,
        made.map((one) => one.getLatLng()),
      );
    map.arrange = () => spread(map, made);
    map.arrange();
    map.on("zoomend", map.arrange);
    made.forEach((one) => {
      group.addLayer(one);
      keep(map, one);
    });
    window.catalyse.view.open(map);
  }
  /* Those that hide it stand apart where they are; too many of them, or a mark out of sight, and the map comes closer. */
  function reach(cluster, one, then) {
    const seen = cluster.getVisibleParent(one);
    if (seen === one) then();
    else if (seen?.spiderfy && seen.getChildCount() < SPREAD) {
      seen.spiderfy();
      then();
    } else cluster.zoomToShowLayer(one, then);
  }
  const SPREAD = 15;
  const MANY = 200; // marks above which groups are larger, and fewer
  const paneOf = (layer) => (layer.apart ? "apart" : "markerPane"); // under the catalysts
  const keep = (map, one, reach) => {
    window.catalyse.view.record(map, one.id, one, reach);
    answering(map, one.id, one);
  };
  const HIDING = 20; // pixels under which a mark would cover another
  function spread(map, made) {
    const rings = [];
    for (const one of made) {
      const at = map.project(one.getLatLng());
      const ring = rings.find((other) => other[0].at.distanceTo(at) < HIDING);
      if (ring) ring.push({ one, at });
      else rings.push([{ one, at }]);
    }
    for (const ring of rings) {
      const radius = ring.length > 1 ? Math.max(24, ring.length * 7.6) : 0;
      const centre = ring.reduce((sum, { at }) => sum.add(at), L.point(0, 0)).divideBy(ring.length);
      ring.forEach(({ one, at }, index) => {
        const turn = (2 * Math.PI * (index + 1)) / ring.length + Math.PI / 2;
        const shift = centre
          .subtract(at)
          .subtract(L.point(Math.cos(turn), Math.sin(turn)).multiplyBy(radius))
          .round();
        one.stand(shift.x, shift.y);
      });
    }
  }
  function marker(
    [
      id,
      name,
      lon,
      lat,
      mark,
      town,
      profile,
      practices,
      inferred,
      evidence,
      website,
      fictive,
      page,
    ],
    symbols,
    layer,
  ) {
    const rank = layer.ranks[id];
    const icon = element("span", { class: "marque" });
    // An image: its icon repeats what the name and the card say in words.
    icon.append(
      element("img", {
        src: `data:image/svg+xml,${encodeURIComponent(symbols[mark] ?? "")}`,
        alt: "",
        width: 32,
        height: 32,
      }),
    );
    if (rank) icon.append(element("b", { class: "rang" }, String(rank)));
    const standing = (right, down) =>
      L.divIcon({
        html: icon,
        className: "catalyseur",
        iconSize: [32, 32],
        iconAnchor: [16 - right, 16 - down],
        popupAnchor: [right, down - 12],
        tooltipAnchor: [right, down],
      });
    const one = L.marker([lat, lon], {
      icon: standing(0, 0),
      pane: paneOf(layer),
      riseOnHover: true,
      zIndexOffset: rank ? 500 - rank : 0,
    });
    let stood = "0,0";
    // Leaflet gives an icon that moves its first class and stop back: it keeps those it had.
    one.stand = (right, down) => {
      if (stood === `${right},${down}`) return;
      stood = `${right},${down}`;
      const icon = one.getElement();
      const { tabIndex } = icon ?? {};
      const lit = icon?.classList.contains("vedette");
      one.setIcon(standing(right, down));
      if (!icon) return;
      icon.tabIndex = tabIndex;
      icon.classList.toggle("vedette", lit);
    };
    Object.assign(one, { id, mark });
    one.said = `${rank ? `${rank}. ` : ""}${name}${town ? `, ${town}` : ""}`;
    one.on("add", naming);
    one.bindTooltip(() => element("span", {}, one.said), { direction: "top", offset: [0, -14] });
    one.bindPopup(
      () => {
        const none = page ? "" : "Pratique non renseignée";
        const said = practices.length
          ? practices.join(", ") + (inferred ? " (d’après les textes publics)" : "")
          : none;
        const card = element("div", { class: "carton" }, element("strong", {}, name));
        for (const line of [town, [profile, evidence].filter(Boolean).join(" · "), said])
          if (line) card.append(element("div", {}, line));
        if (fictive) card.append(element("div", { class: "fictif" }, "Donnée fictive"));
        const links = element(
          "div",
          { class: "liens" },
          inside(page ?? layer.link + encodeURIComponent(id), layer.opens ?? "Voir la fiche"),
        );
        if (layer.ask && !fictive)
          links.append(inside(layer.ask + encodeURIComponent(id), "Être mis en lien"));
        if (isWeb(website)) links.append(outside(website, "Site web"));
        card.append(links);
        return card;
      },
      { minWidth: 210, maxWidth: 270 },
    );
    one.on("click", () => {
      if (layer && one._map?.spec?.clicks.includes("catalyst")) report({ kind: "catalyst", id });
    });
    return one;
  }

  window.catalyse.draw.catalysts = catalysts;
  window.catalyse.pieces = { marker, clusters, paneOf, keep, reach };
})();
