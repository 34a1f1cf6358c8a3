/* What may change on a map of map.js: catalysts, territories, shades, the place of departure.
   catalyse.show() takes the whole answer as one value and gives the group that Folium keeps. */
(() => {
  "use strict";
  const { element, fetched, inside, outside, isWeb, notice, look, report } = window.catalyse.tools;
  const { group: groupIcon, naming, answering } = window.catalyse.marks;

  function show(map, spec) {
    window.feature_group = []; // streamlit-folium never forgets the groups it has removed
    map.spec = spec;
    window.catalyse.view.redraw(map);
    map.getContainer().setAttribute("aria-label", spec.title);
    document.title = spec.title;
    try {
      if (window.frameElement) window.frameElement.title = spec.title;
    } catch {
      /* other origin */
    }
    map.getContainer().classList.toggle("viseur", spec.clicks.includes("place"));
    if (map.areas && !spec.layers.some((one) => one.url === map.areas.url)) {
      map.areas.remove();
      map.areas = null;
    }
    if (map.arrange) map.off("zoomend", map.arrange);
    for (const stop of map.uncrowd ?? []) stop();
    map.uncrowd = [];
    const group = L.featureGroup();
    for (const layer of spec.layers) draw[layer.type](map, group, layer);
    window.catalyse.borders(map, spec.layers);
    locate(map, spec.clicks.includes("place"));
    const box = JSON.stringify(spec.bounds);
    map.moved = spec.bounds && box !== map.lastBox;
    if (map.moved && window.catalyse.view.holds(map)) map.moved = false;
    if (map.moved) look(map, spec.bounds);
    map.lastBox = box;
    return group;
  }

  function locate(map, wanted) {
    if (!wanted || !navigator.geolocation) {
      map.locator?.remove();
      map.locator = null;
      return;
    }
    if (map.locator) return;
    map.locator = L.control({ position: "topleft" });
    map.locator.onAdd = () => {
      const button = element("button", {
        type: "button",
        class: "localiser",
        title: "Partir de ma position",
        "aria-label": "Partir de ma position",
      });
      button.innerHTML =
        '<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2"><circle cx="12" cy="12" r="6"/><path d="M12 1v5M12 18v5M1 12h5M18 12h5"/></svg>';
      L.DomEvent.disableClickPropagation(button);
      button.addEventListener("click", () =>
        navigator.geolocation.getCurrentPosition(
          ({ coords }) =>
            report({ kind: "place", lat: coords.latitude, lon: coords.longitude, own: true }),
          () => notice("Votre navigateur n’a pas donné votre position."),
        ),
      );
      return button;
    };
    map.locator.addTo(map);
  }

  const number = (value, decimals) =>
    value.toLocaleString("fr-FR", { minimumFractionDigits: 0, maximumFractionDigits: decimals });
  const draw = { catalysts, territory, areas, place };

  function catalysts(map, group, layer) {
    fetched(layer.url, ({ records, symbols, names }) => {
      if (layer.view) {
        crowded(map, group, layer, { symbols, names });
        return;
      }
      const wanted = new Set(layer.ids);
      const chosen = records.filter((one) => wanted.has(one[0]));
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
  function clusters(layer, names, large) {
    return L.markerClusterGroup({
      clusterPane: paneOf(layer),
      maxClusterRadius: large ? 70 : layer.apart ? 60 : 34,
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
      const radius = ring.length > 1 ? Math.max(22, ring.length * 6.2) : 0;
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
    one.stand = (right, down) => one.setIcon(standing(right, down));
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

  function territory(_map, group, layer) {
    fetched(layer.url, (json) => {
      const isEdge = (feature) => feature.properties.role === "perimeter";
      group.addLayer(
        L.geoJSON(json, {
          filter: (feature) => !isEdge(feature) && !layer.bare, // communes that shades hold already
          pane: "surfaces",
          style: {
            className: layer.borders ? "large" : "",
            color: "var(--shade-5)",
            weight: 0.6,
            opacity: 0.55,
            fillColor: "var(--shade-5)",
            fillOpacity: 0.06,
          },
          onEachFeature: (feature, shape) =>
            shape.bindTooltip(() => element("span", {}, feature.properties.name), { sticky: true }),
        }),
      );
      group.addLayer(
        L.geoJSON(json, {
          filter: isEdge,
          pane: "perimetre",
          interactive: false,
          style: { color: "var(--orange)", weight: 3, fill: false },
        }),
      );
    });
  }

  /* Shapes stay on the map from one answer to the next: a new indicator only repaints them. */
  function areas(map, _group, layer) {
    fetched(layer.url, (json) => {
      if (!map.spec.layers.includes(layer)) return; // the page has changed its mind meanwhile
      map.areas ??= drawn(map, json, layer.url);
      map.areas.paint(layer);
    });
  }
  function drawn(map, json, url) {
    let layer;
    const value = new Map();
    const style = ({ properties }) => {
      const found = value.get(properties.code);
      if (!layer?.values)
        return {
          className: "large",
          color: "var(--shade-5)",
          weight: 1,
          fillColor: "var(--shade-5)",
          fillOpacity: 0.03,
        };
      if (found === null)
        return {
          className: "large",
          color: "var(--hatch)",
          weight: 0.5,
          fillColor: "url(#hachure)",
          fillOpacity: 1,
        };
      const step = Math.max(
        0,
        layer.bounds.findLastIndex((bound) => found >= bound),
      );
      return {
        className: "large",
        color: "#fff",
        weight: 0.6,
        fillColor: layer.colours[step],
        fillOpacity: 0.9,
      };
    };
    const said = ({ code, name }) => {
      const found = value.get(code);
      if (!layer.values) return name;
      return `${name}\u00a0: ${found === null ? "non disponible" : `${number(found, layer.decimals)} ${layer.unit}`.trim()}`;
    };
    const card = (properties) =>
      element(
        "div",
        { class: "carton" },
        element("strong", {}, said(properties)),
        layer.link
          ? element(
              "div",
              { class: "liens" },
              inside(layer.link + encodeURIComponent(properties.code), "Ouvrir ce territoire"),
            )
          : "",
      );
    const shapes = L.geoJSON(json, {
      pane: "surfaces",
      filter: ({ properties }) => properties.role !== "perimeter",
      style,
      onEachFeature: ({ properties }, shape) => {
        shape.bindTooltip(() => element("span", {}, said(properties)), { sticky: true });
        shape.bindPopup(() => card(properties));
        shape.on("popupopen", () => shape.closeTooltip());
        shape.on("click", () => {
          if (map.spec.clicks.includes("area")) report({ kind: "area", id: properties.code });
        });
        shape.on("mouseover", () =>
          shape.setStyle({ weight: 2.5, color: "var(--orange)" }).bringToFront(),
        );
        shape.on("mouseout", () => shapes.resetStyle(shape));
      },
    });
    shapes.addTo(map);
    hatch();
    const paint = (next) => {
      layer = next;
      json.features.forEach(({ properties }, index) =>
        value.set(properties.code, layer.values ? layer.values[index] : null),
      );
      shapes.options.style = style;
      shapes.setStyle(style);
    };
    return { url, paint, remove: () => shapes.remove() };
  }
  function hatch() {
    const owner = document.querySelector(".leaflet-surfaces-pane svg");
    if (!owner || document.getElementById("hachure")) return;
    const defs = document.createElementNS("http://www.w3.org/2000/svg", "defs");
    defs.innerHTML =
      '<pattern id="hachure" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="var(--hatch-ground)"/><path d="M0 0V6" stroke="var(--hatch)" stroke-width="2"/></pattern>';
    owner.prepend(defs);
  }

  function place(_map, group, { at, label, radius, movable }) {
    if (radius)
      group.addLayer(
        L.circle(at, {
          radius,
          pane: "perimetre",
          interactive: false,
          color: "var(--orange)",
          weight: 2,
          dashArray: "6 6",
          fillOpacity: 0.04,
        }),
      );
    const pin = element("span", { class: "depart" });
    const one = L.marker(at, {
      icon: L.divIcon({ html: pin, className: "origine", iconSize: [44, 44] }),
      zIndexOffset: movable ? 1000 : -1000,
      draggable: !!movable,
      autoPan: true,
    });
    one.said = movable ? `À déplacer : ${label}` : `Départ : ${label}`;
    one.bindTooltip(() => element("span", {}, one.said), { direction: "top", offset: [0, -12] });
    one.on("add", naming);
    one.on("dragend", () => {
      const { lat, lng } = one.getLatLng().wrap();
      report({ kind: "place", lat, lon: lng });
    });
    group.addLayer(one);
  }

  window.catalyse.show = show;
  window.catalyse.draw = draw;
  window.catalyse.pieces = { marker, clusters, paneOf, keep, reach };
})();
