/* The own base map: the neighbours' land, rivers and lakes; as one comes closer, département lines,
   then squares of land with its towns and communes, the nearest ones by their true line; and names
   of places. Fetched by map.js only while no tile layer answers. */
(() => {
  "use strict";
  const { element, fetched, legendCorner, legendBox } = window.catalyse.tools;
  const LINES = 7,
    LAND = 9,
    CLOSE = 12,
    CLOSER_THAN_KNOWN = 10, // rivers are of 1:10,000,000: nearer, they would run beside themselves
    EVERY_NAME = 9.5; // zooms from which each is drawn
  const [FAR, NEAR] = [9, 11]; // zooms of the squares, as the server cuts them
  const MOST = 30; // squares a map asks for: a very wide one keeps lines known from afar
  const line = (pane, color, weight) => ({ pane, color, weight, fill: false });
  const surface = (pane, fillColor) => ({ pane, fillColor, fillOpacity: 1, stroke: false });
  /* Surfaces of a square go a little over its edge: they are under the lines of every square. */
  const ROLES = {
    land: surface("socle", "var(--cream)"),
    town: surface("villes", "var(--town)"),
    commune: line("traits", "var(--commune-edge)", 0.8),
    departement: line("traits", "var(--coast)", 1.4),
    coast: line("traits", "var(--coast)", 1),
  };
  // Over the perimeter of layers.js, which hides the lines of the ground: towns show in it too, as a
  // tint that hides nothing.
  const PANES = { socle: 150, traits: 152, villes: 157 };

  function ground(map, urls, soil) {
    const renderers = {};
    for (const [name, z] of Object.entries(PANES)) {
      const pane = map.getPane(name) ?? map.createPane(name);
      Object.assign(pane.style, { zIndex: z, pointerEvents: "none" });
      renderers[name] = L.canvas({ pane: name, padding: 0.25 });
    }
    map.getPane("villes").style.mixBlendMode = "multiply";
    const drawn = new Map(); // address -> layer, or null while it is on its way
    const have = (url, make) => {
      if (!drawn.has(url)) {
        drawn.set(url, null);
        fetched(url, (json) => {
          drawn.set(url, make(json));
          update();
        });
      }
      return drawn.get(url);
    };
    const all = (json, style) => {
      const drawing = { ...style, renderer: renderers[style.pane], interactive: false };
      return L.geoJSON(json, { ...drawing, style: drawing });
    };
    const lines = (json) => all(json, line("traits", "var(--edge)", 1));
    const square = ({ features }) =>
      L.layerGroup(features.map((one) => all(one, ROLES[one.properties.role])));
    const squares = (zoom) =>
      window.catalyse
        .squares(map, urls.squares.replace("{zoom}", zoom), zoom)
        .map((url) => have(url, square));
    const names = labels(map);
    const key = townKey(map);
    surroundings(map, urls.around);
    const shown = L.layerGroup().addTo(map);

    function update() {
      map.getPane("eaux").style.display = map.getZoom() < CLOSER_THAN_KNOWN ? "" : "none";
      names.canvas.hidden = map.tiled;
      key.hidden = map.tiled || !closeEnough(map.getZoom());
      if (map.tiled) return;
      const towns = have(urls.towns, (json) => json);
      const zoom = map.getZoom();
      const codes = towns && zoom >= EVERY_NAME ? inView(map, towns.departements) : [];
      const of = (url, code) => url.replace("{code}", encodeURIComponent(code));
      const lists = codes.map((code) => have(of(urls.communes, code), (json) => json));
      names.write([towns, ...lists].flatMap((one) => one?.names ?? []));
      replace(...layers(zoom));
    }
    function closeEnough(zoom) {
      return zoom >= LAND && window.catalyse.squares(map, "", FAR).length <= MOST;
    }
    /* What to show, and whether it covers the land. Seen from afar, a square stays until those that
       know it better are all there. */
    function layers(zoom) {
      if (closeEnough(zoom)) {
        const near = zoom >= CLOSE ? squares(NEAR) : [null];
        return [near.every(Boolean) ? near : [...squares(FAR), ...near.filter(Boolean)], true];
      }
      return [zoom >= LINES ? [have(urls.lines, lines)] : [], false];
    }
    /* The coarse outline stays below until what is finer covers it whole. */
    function replace(layers, covers) {
      const ready = layers.filter(Boolean);
      shown.eachLayer((one) => {
        if (!ready.includes(one)) shown.removeLayer(one);
      });
      ready.forEach((one) => shown.addLayer(one));
      if (covers && ready.length === layers.length) soil.remove();
      else soil.addTo(map);
    }
    map.on("moveend resize fond", update);
    update();
  }

  /* What the darker communes are: a shade that nothing explains reads as a figure. */
  function townKey(map) {
    const control = L.control({ position: "topright" });
    control.onAdd = () => element("div", { class: "cle" }, "Communes urbaines (INSEE)");
    return control.addTo(map).getContainer();
  }

  /* Neighbours under the land, waters over it, and both under what a map says. */
  const SURROUNDINGS = {
    abroad: { pane: "voisins", color: "var(--abroad-edge)", weight: 1, fillColor: "var(--abroad)" },
    lake: { pane: "eaux", color: "var(--river)", weight: 0.8, fillColor: "var(--sea)" },
    river: { pane: "eaux", color: "var(--river)", weight: 1.6, fill: false },
    stream: { pane: "eaux", color: "var(--river)", weight: 0.9, fill: false },
  };
  function surroundings(map, url) {
    const made = {};
    for (const [name, z] of [
      ["voisins", 140],
      ["eaux", 160],
    ]) {
      const pane = map.createPane(name);
      Object.assign(pane.style, { zIndex: z, pointerEvents: "none" });
      made[name] = L.canvas({ pane: name, padding: 0.25 });
    }
    fetched(url, (json) => {
      const style = ({ properties }) => ({ fillOpacity: 1, ...SURROUNDINGS[properties.role] });
      for (const [pane, renderer] of Object.entries(made)) {
        const filter = ({ properties }) => SURROUNDINGS[properties.role].pane === pane;
        L.geoJSON(json, { pane, renderer, interactive: false, filter, style }).addTo(map);
      }
    });
  }

  function inView(map, boxes) {
    const view = map.getBounds();
    return Object.keys(boxes).filter((code) => {
      const [west, south, east, north] = boxes[code];
      return view.intersects([
        [south, west],
        [north, east],
      ]);
    });
  }

  /* ---------- names: one canvas, most important first, none over another or over a mark ---------- */
  const INK = [
    "var(--slate)",
    "var(--slate)",
    "var(--slate-2)",
    "var(--slate-2)",
    "var(--slate-3)",
    "var(--slate-4)",
  ];
  const WEIGHTS = [700, 600, 600, 600, 400, 400]; // by tier
  const SIZES = [14, 13, 12.5, 12, 11.5, 11]; // px, from afar
  const font = (tier, zoom) =>
    `${WEIGHTS[tier]} ${SIZES[tier] + Math.min(Math.max(zoom - EVERY_NAME, 0), 2.5)}px`;
  const HEIGHT = 15,
    DOT = 2,
    EDGE_OF = 14; // of the legend, around what it holds
  const CLOSER = 10.5; // from which names may stand near each other
  const tiers = (zoom) => (zoom < 6 ? 2 : zoom < 8 ? 3 : zoom < EVERY_NAME ? 4 : 5); // the least important one written
  const space = (zoom) => (zoom < 7 ? 14 : zoom < CLOSER ? 11 : 6); // from afar the map stays airy
  // Where a name may stand from its point, best first: [sideways in widths, and in px, down in px].
  const SPOTS = [
    [0, 6, 0],
    [-0.5, 0, 13],
    [-0.5, 0, -13],
    [-1, -6, 0],
  ];
  const BESIDE_A_MARK = [
    [-0.5, 0, 26],
    [-1, -20, 0],
    [0, 28, 0],
    [-0.5, 0, -34],
    [-0.5, 0, 32],
    [-1, -26, 0],
    [0, 34, 0],
    [-0.5, 0, -40],
  ];

  function labels(map) {
    const canvas = element("canvas", { "aria-hidden": "true" });
    const pane = map.getPane("noms");
    pane.style.pointerEvents = "none";
    pane.append(canvas);
    let places = [];
    let waiting = 0;
    const later = () => {
      if (!waiting)
        waiting = requestAnimationFrame(() => {
          waiting = 0;
          if (!canvas.hidden) paint(map, canvas, places);
        });
    };
    map.on("zoomstart", () => {
      canvas.style.visibility = "hidden";
    });
    map.on("layeradd layerremove", ({ layer }) => {
      if (layer instanceof L.Marker) later();
    });
    document.fonts.ready.then(later);
    const write = (next) => {
      places = next;
      whenLegendResizes(later);
      later();
    };
    return { canvas, write };
  }

  /* It comes after the map, grows with what it explains, folds: names keep clear of it as it is. */
  let legend = null;
  function whenLegendResizes(act) {
    const box = legendBox();
    if (!box || box === legend) return;
    legend = box;
    const seen = new window.parent.ResizeObserver(act);
    seen.observe(box);
    window.addEventListener("pagehide", () => seen.disconnect());
  }

  function paint(map, canvas, places) {
    const size = map.getSize();
    const ratio = window.devicePixelRatio || 1;
    canvas.width = size.x * ratio;
    canvas.height = size.y * ratio;
    Object.assign(canvas.style, { width: `${size.x}px`, height: `${size.y}px`, visibility: "" });
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    Object.assign(pen, {
      textBaseline: "middle",
      lineJoin: "round",
      lineWidth: 3.5,
      strokeStyle: "rgb(255 253 248 / 90%)",
    });
    const family = getComputedStyle(map.getContainer()).fontFamily;
    const zoom = map.getZoom();
    const [least, gap] = [tiers(zoom), space(zoom)];
    const buttons = controls(map);
    const others = [...marks(map), ...buttons];
    const written = [];
    const view = map.getBounds().pad(0.05);
    let lettered = null; // a font is read anew each time it is said
    for (const [name, lon, lat, tier] of places) {
      if (tier > least || !view.contains([lat, lon])) continue;
      const at = map.latLngToContainerPoint([lat, lon]);
      const point = around(at);
      if (taken(buttons, point) || taken(written, point)) continue;
      if (tier !== lettered) pen.font = `${font(tier, zoom)} ${family}`;
      lettered = tier;
      const spots = taken(others, point) ? BESIDE_A_MARK : SPOTS;
      const spot = free(at, spots, pen.measureText(name).width, size, others, written);
      if (!spot) continue;
      written.push(
        spot.map((side, index) => side + (index < 2 ? -gap : gap)),
        point,
      );
      write(pen, name, at, spot, INK[tier]);
    }
  }
  const around = ({ x, y }) => [x - DOT, y - DOT, x + DOT, y + DOT];
  function free(at, spots, width, size, others, written) {
    for (const [share, right, down] of spots) {
      const [left, top] = [at.x + share * width + right, at.y + down - HEIGHT / 2];
      const box = [left, top, left + width, top + HEIGHT];
      const whole = box[0] > 2 && box[1] > 2 && box[2] < size.x - 2 && box[3] < size.y - 2;
      if (whole && !taken(others, box) && !taken(written, box)) return box;
    }
    return null;
  }
  // Asked a hundred thousand times for one map of names.
  const taken = (boxes, [left, top, right, bottom]) =>
    boxes.some((box) => box[0] < right && left < box[2] && box[1] < bottom && top < box[3]);

  function write(pen, name, at, [left, top], ink) {
    pen.fillStyle = ink;
    pen.beginPath();
    pen.arc(at.x, at.y, DOT, 0, 2 * Math.PI);
    pen.fill();
    pen.strokeText(name, left, top + HEIGHT / 2);
    pen.fillText(name, left, top + HEIGHT / 2);
  }
  /* Boxes of the marks on the map, so that names stand beside them. */
  function marks(map) {
    const boxes = [];
    map.eachLayer((one) => {
      if (!(one instanceof L.Marker) || !one._icon) return;
      const at = map.latLngToContainerPoint(one.getLatLng());
      const { marginLeft, marginTop } = one._icon.style;
      const [left, top] = [at.x + parseFloat(marginLeft), at.y + parseFloat(marginTop)];
      boxes.push([
        left - 1,
        top - 9,
        left + one._icon.offsetWidth + 9,
        top + one._icon.offsetHeight + 1,
      ]);
    });
    return boxes;
  }
  /* Boxes of the buttons, and of the page's legend over the lower left corner. */
  function controls(map) {
    const frame = map.getContainer().getBoundingClientRect();
    const boxes = [...map.getContainer().querySelectorAll(".leaflet-control")].map((one) => {
      const { left, top, right, bottom } = one.getBoundingClientRect();
      return [left - frame.left, top - frame.top, right - frame.left, bottom - frame.top];
    });
    const [right, top] = legendCorner();
    return right ? [...boxes, [0, top - EDGE_OF, right + EDGE_OF, map.getSize().y]] : boxes;
  }

  window.catalyse.ground = ground;
})();
