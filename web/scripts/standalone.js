// The map in one file: draws what the page's data block holds, and filters it with the list.
// Names come from anybody: they are only ever set as text.
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const MANY = 1500;
  const { records, marks, ground, around, towns, attribution, places, main } = JSON.parse(
    document.getElementById("donnees").textContent,
  );
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  records.forEach((one) => {
    one.words = fold(one.words);
  });
  const byId = new Map(records.filter((one) => "mark" in one).map((one) => [one.id, one]));
  const points = records.filter((one) => one.shape && one.shape.type === "Point").length;

  const map = L.map("carte", { preferCanvas: points > MANY, minZoom: 2, maxZoom: 18 });
  map.attributionControl.setPrefix(false).addAttribution(attribution);
  const locale = { "Zoom in": "Agrandir", "Zoom out": "Réduire" };
  document.querySelectorAll(".leaflet-control-zoom a").forEach((link) => {
    const said = locale[link.title] || link.title;
    link.title = said;
    link.setAttribute("aria-label", said);
  });
  const land = {
    color: "var(--alone-coast)",
    weight: 1,
    fillColor: "var(--alone-land)",
    fillOpacity: 1,
  };
  const lines = { color: "var(--river)", weight: 1, fill: false };
  const under = [
    [around.abroad, { stroke: false, fillColor: "var(--abroad)", fillOpacity: 1 }],
    [ground, land],
    [around.lake, { ...lines, fill: true, fillColor: "var(--alone-sea)", fillOpacity: 1 }],
    [around.stream, lines],
    [around.river, { ...lines, weight: 1.7 }],
  ];
  for (const [shapes, style] of under) L.geoJSON(shapes, { style, interactive: false }).addTo(map);

  const nameTowns = window.townNames(map, towns);

  function sign(name) {
    const svg = document.createElementNS(SVG, "svg");
    const set = (element, values) =>
      Object.entries(values).forEach(([key, value]) => element.setAttribute(key, value));
    set(svg, { viewBox: "-1 -1 34 34", width: 28, height: 28, "aria-hidden": "true" });
    for (const [d, fill, stroke, width, transform] of marks[name])
      set(svg.appendChild(document.createElementNS(SVG, "path")), {
        d,
        fill,
        stroke,
        "stroke-width": width,
        transform,
      });
    return svg;
  }

  // A profile's ground is white, and its colour the icon's.
  const colourOf = ([ground, icon]) => (ground[1] === "#fff" ? icon[1] : ground[1]);

  function pointOf(record, place) {
    if (!record.mark || points > MANY) {
      const fill = record.mark ? colourOf(marks[record.mark]) : "var(--indigo)";
      return L.circleMarker(place, {
        radius: 6,
        color: "#fff",
        weight: 1,
        fillColor: fill,
        fillOpacity: 0.95,
      });
    }
    const icon = L.divIcon({ html: sign(record.mark), className: "signe", iconSize: [28, 28] });
    return L.marker(place, { icon, title: record.name, alt: record.name });
  }

  function layerOf(record) {
    const area = /Polygon$/.test(record.shape.type);
    const style =
      record.kind === undefined
        ? {
            color: "var(--ink)",
            weight: 2.5,
            fillColor: "var(--blue)",
            fillOpacity: area ? 0.08 : 0,
          }
        : { color: record.colour, dashArray: record.dashes || null, weight: 2.5 };
    const layer = L.geoJSON(record.shape, {
      style: () => style,
      pointToLayer: (_, place) => pointOf(record, place),
    });
    const said = document.createElement("div");
    said.className = "fiche-carte";
    said.textContent = record.name;
    return layer.bindPopup(said);
  }

  const drawn = records.map((record) => record.shape && layerOf(record));
  const homes = drawn.map((layer) => layer?.getBounds()); // before any point moves aside
  const order = drawn
    .map((_, at) => at)
    .filter((at) => drawn[at])
    .sort(
      (one, two) =>
        Number(records[one].shape.type === "Point") - Number(records[two].shape.type === "Point"),
    );

  // --- points at the very same place, side by side ------------------------------------------

  const spots = new Map(); // "lat,lng" -> [the record's number, its point, where it is]
  drawn.forEach((layer, at) =>
    layer?.eachLayer((part) => {
      (part.getLayers ? part.getLayers() : [part])
        .filter((one) => one.setLatLng)
        .forEach((point) => {
          const home = point.getLatLng();
          const key = `${home.lat},${home.lng}`;
          spots.set(key, [...(spots.get(key) || []), [at, point, home]]);
        });
    }),
  );
  const shared = [...spots.values()].filter((some) => new Set(some.map(([at]) => at)).size > 1);
  const legs = L.layerGroup().addTo(map);

  // Rings around the place, as wide as the signs need whatever the zoom: 6 places, then 12, 18…
  function aside(rank, many) {
    let ring = 1;
    let first = 0;
    while (rank - first >= 6 * ring) {
      first += 6 * ring;
      ring += 1;
    }
    const places = Math.min(6 * ring, many - first);
    const turn = (2 * Math.PI * (rank - first)) / places - Math.PI / 2;
    const radius = 30 * ring - (many < 5 ? 11 : 0);
    return L.point(radius * Math.cos(turn), radius * Math.sin(turn));
  }

  function spread() {
    legs.clearLayers();
    shared.forEach((some) => {
      const seen = [...new Set(some.map(([at]) => at))].filter((at) => map.hasLayer(drawn[at]));
      some.forEach(([at, point, home]) => {
        const from = map.latLngToLayerPoint(home);
        const place =
          seen.length < 2 || !seen.includes(at)
            ? home
            : map.layerPointToLatLng(from.add(aside(seen.indexOf(at), seen.length)));
        point.setLatLng(place);
        if (place !== home) {
          L.polyline([home, place], { color: "var(--ink)", weight: 1, interactive: false }).addTo(
            legs,
          );
        }
      });
    });
    nameTowns();
  }
  map.on("zoomend", spread);

  // --- where to look: a far island must not shrink the rest to a heap ------------------------

  const corners = ([west, south, east, north]) => L.latLngBounds([south, west], [north, east]);
  const boxes = Object.entries(places).map(([name, box]) => [name, corners(box)]);
  const pairsOf = (some) => (typeof some[0] === "number" ? [some] : some.flatMap(pairsOf));
  const partsOf = records.map((one) => {
    const pairs = one.shape ? pairsOf(one.shape.coordinates) : [];
    return boxes.map(([, box]) => pairs.some(([lng, lat]) => box.contains([lat, lng])));
  });

  function lookAtAll() {
    const shown = order.filter((at) => map.hasLayer(drawn[at]));
    const bounds = shown.reduce((all, at) => all.extend(homes[at]), L.latLngBounds([]));
    const held = boxes.filter((_, part) => shown.some((at) => partsOf[at][part]));
    const wide = held.length && !held.some(([, box]) => box.contains(bounds));
    look(!bounds.isValid() ? boxes[0][1] : wide ? held[0][1] : bounds.pad(0.08));
  }

  function look(bounds) {
    map.options.zoomSnap = 0.25; // a view may fill the frame; the buttons go to round zooms
    map.fitBounds(bounds, { maxZoom: 13, animate: false });
    map.options.zoomSnap = 1;
  }

  function jumps() {
    const held = boxes.filter((_, part) => partsOf.some((parts) => parts[part]));
    const far = order.filter((at) => !partsOf[at].includes(true));
    if (far.length) {
      held.push(["Ailleurs", far.reduce((all, at) => all.extend(homes[at]), L.latLngBounds([]))]);
    }
    const bar = document.getElementById("sauts");
    held.forEach(([name, bounds]) => {
      const button = bar.appendChild(document.createElement("button"));
      button.type = "button";
      button.textContent = name;
      button.addEventListener("click", () => look(bounds));
    });
    bar.hidden = held.length < 2;
  }

  const form = document.getElementById("filtres");
  const wanted = (name) => (form.elements[name] ? form.elements[name].value : "");

  function kept(record, words, profile, practice) {
    const own = (one) =>
      (!profile || one.profile === profile) &&
      (!practice || (one.practices || []).includes(practice));
    const told = words.every((word) => record.words.includes(word));
    if ("mark" in record) return told && own(record);
    if (!profile) return told && (!practice || !record.practices || own(record));
    const members = (record.members || []).map((id) => byId.get(id)).filter(Boolean);
    return told && members.some(own);
  }

  function filter() {
    const words = fold(wanted("texte")).split(/\s+/).filter(Boolean);
    const shown = records.map((one) => kept(one, words, wanted("profil"), wanted("pratique")));
    order.forEach((at) => {
      drawn[at].remove();
    });
    order
      .filter((at) => shown[at])
      .forEach((at) => {
        drawn[at].addTo(map);
      });
    spread();
    records.forEach((_, at) => {
      document.getElementById(`r${at}`).hidden = !shown[at];
    });
    document.querySelectorAll(".listes section").forEach((section) => {
      const all = section.querySelectorAll("li").length;
      const left = section.querySelectorAll("li:not([hidden])").length;
      section.querySelector(".nombre").textContent = left < all ? `${left} sur ${all}` : all;
    });
    const own = shown.slice(0, main.count); // the subject comes first; lines have their own counts
    const placed = order.filter((at) => own[at]).length;
    document.getElementById("compte").textContent =
      `${main.title}\u00a0: ` +
      `${own.filter(Boolean).length} sur ${main.count} dans la liste, ${placed} sur la carte.`;
  }

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () =>
    setTimeout(() => {
      filter();
      lookAtAll();
    }),
  );
  document.querySelector(".listes").addEventListener("click", (event) => {
    const at = event.target.dataset.voir;
    if (at === undefined) return;
    const layer = drawn[at];
    look(homes[at]);
    layer.openPopup(layer.getBounds().getCenter());
    document.getElementById("carte").scrollIntoView({ block: "nearest" });
  });
  const hint = document.createElement("div");
  hint.className = "indice";
  hint.setAttribute("role", "status");
  map.getContainer().append(hint);
  function notice(text, patience) {
    hint.textContent = text;
    setTimeout(() => {
      hint.textContent = "";
    }, patience);
  }

  map.setView([46.6, 2.5], 5);
  jumps();
  filter();
  lookAtAll();
  window.catalyse.keyboard(map, notice);
})();
