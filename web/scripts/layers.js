/* What may change on a map of map.js: territories, shades, the place of departure; points.js and
   alliances.js draw the rest.
   catalyse.show() takes the whole answer as one value and gives the group that Folium keeps. */
(() => {
  "use strict";
  const { element, fetched, inside, notice, look, report } = window.catalyse.tools;
  const { naming } = window.catalyse.marks;

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
    map.signs = [];
    const group = L.featureGroup();
    for (const layer of spec.layers) draw[layer.type](map, group, layer);
    window.catalyse.borders(map, spec.layers);
    map.explain?.(); // also where nothing is left to explain
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
  const draw = { territory, areas, place };

  function territory(map, group, layer) {
    // Between the ground and its waters: the rougher lines of the ground would double its own.
    const pane = map.getPane("dessous") ?? map.createPane("dessous");
    Object.assign(pane.style, { zIndex: 155, pointerEvents: "none" });
    fetched(layer.url, (json) => {
      const isEdge = (feature) => feature.properties.role === "perimeter";
      group.addLayer(
        L.geoJSON(json, {
          filter: isEdge,
          pane: "dessous",
          interactive: false,
          style: { stroke: false, fillColor: "var(--cream)", fillOpacity: 1 },
        }),
      );
      group.addLayer(
        L.geoJSON(json, {
          filter: (feature) => !isEdge(feature) && !layer.bare, // communes that shades hold already
          pane: "surfaces",
          style: {
            className: layer.borders ? "large" : "",
            color: "var(--coast)", // as the communes around
            weight: 0.8,
            fillColor: "var(--orange)", // as its perimeter: a grey one would be a neighbour's land
            fillOpacity: 0.07,
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
          // Finer around what is large: its islands would be blots.
          style: { color: "var(--orange)", weight: layer.borders ? 2 : 3, fill: false },
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
})();
