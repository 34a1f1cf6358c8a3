/* Draws the maps of the app with Leaflet, inside the frame that streamlit-folium gives them.
   catalyse.map() makes the constant base, once; layers.js draws what may change on it. */
(() => {
  "use strict";
  const { element, fetched, notice, report, framed, parentDocument, look } = window.catalyse.tools;

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
    // In the frame of another site the same words stand above the map: see embed.py.
    if (!framed()) map.attributionControl.addAttribution(options.attribution);
    L.control
      .zoom({ position: "topleft", zoomInTitle: "Zoomer", zoomOutTitle: "Dézoomer" })
      .addTo(map);
    // In the corner that neither the legend nor the places take.
    L.control.scale({ position: "topright", imperial: false, maxWidth: 90 }).addTo(map);
    for (const [name, z] of [
      ["socle", 150],
      ["surfaces", 350],
      ["perimetre", 380],
      ["noms", 450], // over the lines of alliances, which would cross names out
    ])
      map.createPane(name).style.zIndex = z;
    notice.hint = element("div", { class: "indice", role: "status" });
    map.getContainer().append(notice.hint);
    map.getContainer().setAttribute("role", "region");
    tiles(map, options.tiles);
    const soil = outline(map, options.outline);
    if (options.ground) soil.then((drawn) => ground(map, options, drawn));
    if (!framed() || /\/carte\/?$/.test(window.parent.location.pathname))
      jumps(map, options.places);
    keepScroll(map);
    onPaper(map);
    // A press on a mark is the mark's, even where it moved or was drawn anew before the release.
    let onMark = false;
    const press = ({ target }) => {
      onMark = Boolean(target.closest(".leaflet-marker-icon"));
    };
    map.getContainer().addEventListener("pointerdown", press, true);
    map.on("click", (event) => {
      if (map.spec?.clicks.includes("place") && !onMark)
        report({ kind: "place", lat: event.latlng.lat, lon: event.latlng.wrap().lng });
    });
    window.catalyse.view.start(map);
    window.catalyse.keyboard(map, notice);
    window.catalyse.marks.cards(map);
    window.catalyse.legend.start(map);
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
  const PAINTED = 1000;
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
    const wait = window.Streamlit ? 50 : PAINTED; // while its page is painted, the live one comes first
    const painted = new Promise((done) => requestAnimationFrame(() => setTimeout(done, wait)));
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
        control.getContainer().querySelector("a").title = "Fonds de carte"; // Leaflet says it in English
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

  /* A sheet of paper shows the frame at another size, and nothing is drawn anew for it: the map stays
     as it was seen, whole, made smaller. The height is that of frame.css. */
  const SHEET = [695, 567]; // 18.4 by 15 cm
  function onPaper(map) {
    const { style } = map.getContainer();
    const names = ["width", "height", "transform", "transform-origin"];
    const frame = window.frameElement.style; // as high as what it shows, no blank below
    let height = "";
    window.addEventListener("beforeprint", () => {
      const { x, y } = map.getSize();
      const scale = Math.min(SHEET[0] / x, SHEET[1] / y, 1);
      const left = (SHEET[0] - x * scale) / 2;
      const wanted = [`${x}px`, `${y}px`, `translateX(${left}px) scale(${scale})`, "0 0"];
      names.forEach((name, at) => style.setProperty(name, wanted[at], "important"));
      height = frame.height;
      frame.setProperty("height", `${Math.ceil(y * scale)}px`, "important");
    });
    window.addEventListener("afterprint", () => {
      names.forEach((name) => style.removeProperty(name));
      frame.height = height;
    });
  }

  window.catalyse.map = base;
})();
