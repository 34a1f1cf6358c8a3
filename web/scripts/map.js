/* Draws the maps of the app with Leaflet, inside the frame that streamlit-folium gives them.
   catalyse.map() makes the constant base; layers.js draws what may change on it. */
(() => {
  "use strict";
  const documents = new Map(); // address -> parsed JSON, kept so that a filter redraws at once
  const parentDocument = () => {
    try {
      return window.parent.document;
    } catch {
      return null;
    }
  };

  function fetched(url, use) {
    if (documents.has(url)) {
      use(documents.get(url));
      return;
    }
    fetch(url)
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(url))))
      .then((json) => {
        documents.set(url, json);
        use(json);
      })
      .catch(() => notice("Une couche de la carte n’a pas pu être chargée. Rechargez la page."));
  }

  /* ---------- small page pieces, always built from text, never from HTML ---------- */
  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }
  const isWeb = (address) => /^https?:\/\//i.test(address);
  function outside(address, label) {
    return element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label);
  }
  /* The frame may not navigate the page by a link: it asks the page's own history to, as the
     back button does, and the page then changes without reloading. */
  const framed = () => /[?&]embed=true/i.test(window.parent.location.search); // by another site: links leave its frame
  function inside(address, label) {
    const link = element("a", { href: address, target: "_blank", class: "fiche" }, label);
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || !parentDocument() || framed()) return;
      event.preventDefault();
      window.parent.history.pushState({}, "", address);
      window.parent.dispatchEvent(new PopStateEvent("popstate"));
    });
    return link;
  }
  let hint;
  function notice(text, patience = 1800) {
    clearTimeout(notice.timer);
    hint.textContent = text;
    hint.classList.add("visible");
    notice.timer = setTimeout(() => hint.classList.remove("visible"), patience);
  }

  /* ---------- the base, made once ---------- */
  function base(id, options) {
    document.documentElement.lang = "fr";
    pageFont();
    const map = L.map(id, {
      center: [46.6, 2.5],
      zoom: 5,
      minZoom: 3,
      maxZoom: 18,
      zoomControl: false,
      worldCopyJump: true,
      dragging: !L.Browser.mobile,
      maxBoundsViscosity: 1,
      zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    });
    map.attributionControl.setPrefix(
      '<a href="https://leafletjs.com" target="_blank" rel="noopener">Leaflet</a>',
    );
    map.attributionControl.addAttribution(options.attribution);
    L.control
      .zoom({ position: "topleft", zoomInTitle: "Zoomer", zoomOutTitle: "Dézoomer" })
      .addTo(map);
    for (const [name, z] of [
      ["socle", 150],
      ["surfaces", 350],
      ["perimetre", 380],
      ["noms", 390],
    ])
      map.createPane(name).style.zIndex = z;
    hint = element("div", { class: "indice", role: "status" });
    map.getContainer().append(hint);
    map.getContainer().setAttribute("role", "region");
    tiles(map, options.tiles);
    outline(map, options.outline).then((soil) => ground(map, options, soil));
    if (!framed() || /\/carte\/?$/.test(window.parent.location.pathname))
      jumps(map, options.places);
    keepScroll(map);
    map.on("click", (event) => {
      if (map.spec?.clicks.includes("place"))
        report({ kind: "place", lat: event.latlng.lat, lon: event.latlng.wrap().lng });
    });
    window.catalyse.view.start(map);
    window.catalyse.marks.keyboard(map);
    window.catalyse.marks.cards(map);
    new ResizeObserver(() => {
      map.invalidateSize({ animate: false });
      if (map.looked) look(map, ...map.looked);
    }).observe(map.getContainer());
    map.on("movestart", () => {
      if (!map.fitting) map.looked = null;
    });
    return map;
  }

  function pageFont() {
    // the page has loaded its font already; a frame does not inherit it
    const link = parentDocument()?.querySelector('link[rel="preload"][as="font"]');
    if (link)
      document.fonts.add(
        new FontFace("Source Sans", `url(${link.href})`, { weight: "200 900", display: "swap" }),
      );
  }

  function outline(map, url) {
    const style = {
      pane: "socle",
      interactive: false,
      color: "var(--coast)",
      weight: 1,
      fillColor: "var(--cream)",
      fillOpacity: 1,
    };
    return new Promise((drawn) =>
      fetched(url, (json) => drawn(L.geoJSON(json, { ...style, style }).addTo(map))),
    );
  }

  /* Finer lines and names are fetched after the first map is painted, and only while no tile
     layer covers them. A server that neither answers nor refuses is not waited for. */
  const PATIENCE = 1500;
  function ground(map, { ground: urls }, soil) {
    let asked = false;
    const wanted = () => {
      if (map.tiled || asked) return;
      asked = true;
      const script = element("script", { src: urls.script });
      script.addEventListener("load", () => window.catalyse.ground(map, urls, soil));
      document.head.append(script);
    };
    map.on("fond", wanted);
    const painted = new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)));
    const late = new Promise((done) => setTimeout(done, PATIENCE));
    Promise.all([painted, Promise.race([map.probed, late])]).then(wanted);
  }

  /* A server is asked for one tile first: when it does not answer, the next one is, and the own
     outline stays. Those after the first that answers are asked only when they are chosen. */
  function tiles(map, servers) {
    const bare = L.layerGroup();
    const control = L.control.layers({ "Fond simple": bare }, null, { position: "topright" });
    bare.addTo(map);
    const cover = (layer) => {
      map.tiled = layer !== bare;
      map.fire("fond");
    };
    let chosen = false; // by the visitor: the control says so of what is added here too
    const codes = new Map([[bare, "simple"]]);
    map.on("baselayerchange", ({ layer }) => {
      cover(layer);
      if (chosen) window.catalyse.view.keepFond(codes.get(layer));
    });
    const layer = (server) => {
      const made = L.tileLayer(server.url, {
        attribution: server.attribution,
        maxNativeZoom: server.zoom,
        maxZoom: 18,
      });
      codes.set(made, server.id);
      control.addBaseLayer(made, server.name);
      return made;
    };
    const tryOne = ([server, ...others], settled) => {
      if (!server) {
        settled();
        return;
      }
      const probe = new Image();
      probe.onload = () => {
        const [first] = [server, ...others].map(layer);
        const wish = window.catalyse.view.fond([...codes.values()]);
        const shown = [...codes.keys()].find((one) => codes.get(one) === wish) ?? first;
        control.addTo(map);
        if (shown !== bare) {
          map.removeLayer(bare);
          shown.addTo(map);
        }
        cover(shown);
        chosen = true;
        settled();
      };
      probe.onerror = () => tryOne(others, settled);
      probe.referrerPolicy = "strict-origin-when-cross-origin";
      probe.src = L.Util.template(server.url, { s: "a", z: 5, x: 16, y: 11 });
    };
    map.probed = new Promise((settled) => tryOne(servers, settled));
  }

  function jumps(map, places) {
    const bar = L.control({ position: "bottomright" }); // beside the credits: see map.css
    bar.onAdd = () => {
      const group = element("div", { class: "sauts", role: "group", "aria-label": "Aller à" });
      for (const [name, box] of Object.entries(places)) {
        const button = element("button", { type: "button" }, name);
        button.addEventListener("click", () => {
          look(map, box);
          window.catalyse.view.place(map);
        });
        group.append(button);
      }
      L.DomEvent.disableClickPropagation(group);
      L.DomEvent.disableScrollPropagation(group);
      return group;
    };
    bar.addTo(map);
  }

  /* One finger or a plain wheel scrolls the page; two fingers or Ctrl move the map. */
  function keepScroll(map) {
    const box = map.getContainer();
    box.addEventListener(
      "wheel",
      (event) => {
        if (event.ctrlKey || event.metaKey) return;
        event.stopImmediatePropagation();
        notice("Ctrl + molette pour zoomer");
      },
      { capture: true, passive: true },
    );
    box.addEventListener(
      "touchmove",
      (event) => {
        if (event.touches.length === 1 && !map.dragging.enabled())
          notice("Deux doigts pour déplacer la carte");
      },
      { passive: true },
    );
  }

  /* ---------- the view, and what goes back to Python ---------- */
  const corners = ([west, south, east, north]) => [
    [south, west],
    [north, east],
  ];
  function look(map, box, marks = []) {
    map.looked = [box, marks]; // until the visitor moves the map, a frame of another size is fitted again
    if (map.getSize().x === 0) return;
    const bounds = L.latLngBounds(corners(box));
    const [west, , east] = box;
    if (marks.length) whole(map, bounds, marks);
    else besideLegend(map, bounds, east - west);
    standAside(map, bounds, marks.length ? 40 : 12);
    // A mark that the legend would hide: the view steps back until none is.
    for (let turn = 0; turn < 6 && marks.some((point) => hidden(map, point)); turn += 1) {
      stepBack(map);
      standAside(map, bounds, 40);
    }
  }
  function hidden(map, point) {
    const { x, y } = map.latLngToContainerPoint(point);
    const [right, top] = legendCorner();
    return x < right + MARK / 2 && y > top - MARK / 2;
  }
  function stepBack(map) {
    map.fitting = true;
    map.options.zoomSnap = 0.25;
    map.setZoom(map.getZoom() - 0.25, { animate: false });
    map.options.zoomSnap = 1;
    map.fitting = false;
  }
  /* The page's legend lies over the lower left corner: what is looked at stands as far from it as
     the frame has room, no smaller. */
  function standAside(map, bounds, margin) {
    const west = map.latLngToContainerPoint(bounds.getSouthWest()).x;
    const east = map.latLngToContainerPoint(bounds.getNorthEast()).x;
    const by = Math.min(legendCorner()[0] + 12 - west, map.getSize().x - margin - east);
    if (by < 1) return;
    map.fitting = true;
    map.panBy([-Math.round(by), 0], { animate: false });
    map.fitting = false;
  }
  /* A tall legend would hide much of what is looked at: that stands beside it, smaller. France
     whole is as large as the frame. */
  const TALL = 0.4; // of the map's height
  const FRANCE = 12; // degrees
  function besideLegend(map, bounds, wide) {
    const [right, top] = legendCorner();
    const tall = map.getSize().y - top > TALL * map.getSize().y && wide < FRANCE;
    fit(map, bounds, [tall ? right + 24 : 12, 12], [tall ? 28 : 12, 4]);
  }
  /* Where the legend ends, from the left and from the top of the map; nowhere without one. */
  function legendCorner() {
    try {
      const frame = window.frameElement,
        legend = frame.ownerDocument.querySelector(".st-key-legende details[open]");
      const box = frame.getBoundingClientRect(),
        { left, top, right, bottom } = legend.getBoundingClientRect();
      if (left >= box.left && bottom <= box.bottom) return [right - box.left, top - box.top];
    } catch {
      /* no legend, or a page of another site */
    }
    return [0, Number.POSITIVE_INFINITY];
  }
  function fit(map, bounds, paddingTopLeft, [right, bottom]) {
    const foot = map.getContainer().querySelector(".leaflet-bottom.leaflet-right").offsetHeight;
    map.fitting = true;
    map.options.zoomSnap = 0.25; // a first view may fill the frame; the buttons go to round zooms
    map.fitBounds(bounds, {
      paddingTopLeft,
      paddingBottomRight: [right, foot + bottom],
      maxZoom: 12,
      animate: false,
    });
    map.options.zoomSnap = 1;
    map.fitting = false;
  }
  /* Ranked marks are seen whole, clear of the buttons: one cut by an edge comes in. */
  const MARK = 27; // half a mark, its ring and its rank
  function whole(map, bounds, marks) {
    for (let turn = 0; turn < 4; turn += 1) {
      fit(map, bounds, [52, 40], [40, 30]);
      const cut = marks.filter((point) => {
        const at = map.latLngToContainerPoint(point);
        return out(map, at, MARK) && !out(map, at, -MARK);
      });
      if (!cut.length) return;
      cut.forEach((point) => bounds.extend(point));
    }
  }
  function out(map, at, by) {
    const { x, y } = map.getSize();
    return at.x < by || at.y < by || at.x > x - by || at.y > y - by;
  }
  /* The keyboard may reach a mark out of sight: the view widens to hold it with what it showed.
     One of a group would be grouped again by another zoom: the view moves to hold it. */
  function reached() {
    const map = this._map,
      icon = this.getElement();
    if (!map || !icon.matches(":focus-visible")) return;
    const frame = map.getContainer();
    frame.scrollTo(0, 0); // the browser has scrolled to it already, and Leaflet will scroll back
    const box = frame.getBoundingClientRect(),
      { left, top, width, height } = icon.getBoundingClientRect();
    if (!out(map, L.point(left - box.left + width / 2, top - box.top + height / 2), MARK)) return;
    const at = this.getLatLng();
    if (this.__parent || this.counts) map.panInside(at, { padding: [60, 60], animate: false });
    else whole(map, map.getBounds().extend(at), [at]);
  }
  /* What is a little aside comes in by the least move; from far away, the view widens to hold it. */
  function bring(map, at) {
    const point = map.latLngToContainerPoint(at);
    if (!map.getSize().x || !out(map, point, MARK)) return;
    const { x, y } = map.getSize();
    if (out(map, point, -Math.min(x, y) / 2)) whole(map, map.getBounds().extend(at), [at]);
    else map.panInside(at, { padding: [60, 60], animate: map.options.zoomAnimation });
  }
  L.Marker.include({ _panOnFocus: reached }); // Leaflet's own leaves it at the edge of an empty map
  function report(value) {
    window.Streamlit?.setComponentValue({ ...value, at: Date.now() });
  }

  window.catalyse = {
    map: base,
    tools: { element, fetched, inside, outside, isWeb, notice, look, bring, report },
  };
})();
