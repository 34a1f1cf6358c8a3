/* The view in the page's address: centre and zoom once the visitor has moved the map, the base
   layer they chose, the record whose card is open. Read when a map is made and when the browser
   goes back; written in place, so that the page does not run again. See page.js. */
(() => {
  "use strict";
  const WAIT = 300,
    PATIENCE = 4000,
    NEAR = 11;
  const FOND = "catalyse.fond";
  // The app's own window, and never the page of another site that frames the app.
  const page = (() => {
    try {
      return window.parent !== window && window.parent.location.href && window.parent.vue
        ? window.parent
        : null;
    } catch {
      return null;
    }
  })();

  const within = (text, most) => /^-?\d{1,3}(\.\d+)?$/.test(text) && Math.abs(text) <= most;
  function asked() {
    const said = new URLSearchParams(page?.location.search ?? "");
    const [lat, lon, ...more] = (said.get("centre") ?? "").split(",");
    const zoom = said.get("zoom") ?? "";
    const known = !more.length && within(lat, 90) && within(lon ?? "", 180);
    return {
      centre: known ? [Number(lat), Number(lon)] : null,
      zoom: within(zoom, 18) && zoom >= 3 ? Number(zoom) : NEAR,
      choix: said.get("choix"),
      fond: said.get("fond"),
    };
  }
  const write = (values) => page?.vue.write(values);

  /* ---------- centre and zoom ---------- */
  function start(map) {
    map.records = new Map();
    map.wanted = { ...asked(), until: Infinity };
    go(map, map.wanted);
    let timer;
    map.on("moveend", () => {
      clearTimeout(timer);
      if (map.fitting || map.looked !== null || !map.spec) return;
      timer = setTimeout(() => {
        if (map.looked === null && !there(map)) place(map);
      }, WAIT);
    });
    if (!page) return;
    const back = () => {
      // the page's answer comes later; the view is there at once
      map.wanted = { ...asked(), until: Date.now() + PATIENCE };
      if (!go(map, map.wanted) && map.spec?.bounds)
        window.catalyse.tools.look(map, map.spec.bounds);
      map.closePopup();
      open(map);
    };
    // Written by the painted page's map since this one was made: see first.js.
    window.catalyse.view.goOn = () => {
      go(map, asked());
      open(map);
    };
    page.addEventListener("popstate", back);
    window.addEventListener("pagehide", () => page.removeEventListener("popstate", back));
    if (map.wanted.choix) setTimeout(() => missing(map), PATIENCE);
  }
  /* A frame that takes its size moves the centre by a fraction of a pixel: nobody did. */
  function there(map) {
    const { centre, zoom } = asked();
    return (
      centre &&
      zoom === map.getZoom() &&
      map.project(centre).distanceTo(map.project(map.getCenter())) < 2
    );
  }
  function place(map) {
    const { lat, lng } = map.getCenter().wrap();
    write({
      centre: `${lat.toFixed(5)},${lng.toFixed(5)}`,
      zoom: String(Number(map.getZoom().toFixed(2))),
    });
  }
  function go(map, { centre, zoom }) {
    if (!centre) return false;
    map.looked = null;
    map.fitting = true;
    map.options.zoomSnap = 0.25;
    map.setView(centre, zoom, { animate: false });
    map.options.zoomSnap = 1;
    map.fitting = false;
    return true;
  }
  /* A new box moves the map, unless it is the answer to a link that says where to look. */
  function holds(map) {
    const { wanted } = map;
    map.wanted = null;
    if (wanted?.centre && Date.now() < wanted.until) {
      go(map, wanted);
      return true;
    }
    if (map.lastBox !== undefined) write({ centre: null, zoom: null });
    return false;
  }

  /* ---------- the base layer ---------- */
  const stored = () => {
    try {
      return sessionStorage.getItem(FOND);
    } catch {
      return null;
    }
  };
  function fond(known) {
    const { fond: said } = asked();
    if (known.includes(said)) return said;
    if (!known.includes(stored())) return null;
    write({ fond: stored() }); // chosen on another page: this one's address says it too
    return stored();
  }
  function keepFond(id) {
    try {
      sessionStorage.setItem(FOND, id);
    } catch {
      /* no storage in this frame */
    }
    write({ fond: id });
  }

  /* ---------- the open card ---------- */
  function record(map, id, layer, reach) {
    map.records.set(id, { layer, reach });
    layer.on("popupopen", () => write({ choix: id }));
    layer.on("popupclose", () => {
      if (!map.redrawing) write({ choix: null });
    });
  }
  function redraw(map) {
    map.redrawing = true;
    map.closePopup();
    map.redrawing = false;
    map.records.clear();
  }
  /* Called when layers are there, once the caller has put them on the map. */
  function open(map) {
    const { choix } = asked();
    if (choix)
      setTimeout(() => {
        const found = map.records.get(choix);
        if (!found || found.layer.isPopupOpen()) return;
        if (found.reach) found.reach(() => found.layer.openPopup());
        else found.layer.openPopup();
      }, 50);
  }
  function missing(map) {
    const { choix } = asked();
    if (!choix || map.records.has(choix)) return;
    window.catalyse.tools.notice(
      "La fiche demandée par le lien n’est pas sur cette carte.",
      PATIENCE,
    );
    write({ choix: null });
  }

  window.catalyse.view = { start, place, holds, fond, keepFond, record, redraw, open };
})();
