/* Marks as a visitor meets them: groups that say how many of what, and cards of the page that
   answer their mark. After map.js, before what draws on it. */
(() => {
  "use strict";
  const { element, bring } = window.catalyse.tools;
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  /* ---------- groups ---------- */
  /* Counts of each kind of mark in a group, the most frequent first: [[label, colour, count]…]. */
  function counted(cluster) {
    const counts = new Map();
    for (const { mark } of cluster.getAllChildMarkers())
      counts.set(mark, (counts.get(mark) ?? 0) + 1);
    return counts;
  }
  function kinds(counts, names) {
    return [...counts]
      .sort((one, two) => two[1] - one[1])
      .map(([mark, count]) => [...(names[mark] ?? ["autre", "var(--grey)"]), count]);
  }
  /* A ring cut in as many parts as there are kinds, each as long as its count. */
  function ring(parts, count) {
    const gap = parts.length > 1 ? count * 0.03 : 0;
    let start = 0;
    return parts
      .map(([, colour, many]) => {
        const long = Math.max(many - gap, gap);
        const part = `<circle cx="20" cy="20" r="17.5" pathLength="${count}" stroke="${colour}" stroke-dasharray="${long} ${count}" stroke-dashoffset="${-start}"/>`;
        start += many;
        return part;
      })
      .join("");
  }
  const french = (many) => many.toLocaleString("fr-FR");
  /* A group that the server counted says its counts; those of the browser's are counted here. */
  function group(cluster, { noun = "catalyseurs", apart, deepest }, names) {
    const counts = cluster.counts ?? counted(cluster);
    const count = [...counts.values()].reduce((sum, many) => sum + many, 0);
    const size = 34 + Math.min(16, Math.round(Math.sqrt(count) * 1.6));
    const parts = kinds(counts, names);
    const listed = parts.map(([label, , many]) => `${french(many)} ${label}`);
    const act = deepest ? "Voir qui" : "Agrandir";
    cluster.said = `${french(count)} ${noun}\u00a0: ${listed.join(", ")}. ${act}`;
    cluster.off("add", naming).on("add", naming);
    if (!cluster.getTooltip())
      cluster.bindTooltip(
        () =>
          element(
            "span",
            {},
            `${french(count)} ${noun}`,
            ...listed.map((one) => element("div", {}, one)),
          ),
        { direction: "top", offset: [0, -14] },
      );
    const body = element("span", { class: "nombre" });
    body.innerHTML = `<svg viewBox="0 0 40 40" aria-hidden="true" fill="none" stroke-width="4">${ring(parts, count)}</svg>`;
    body.append(element("b", {}, short(count)));
    return L.divIcon({
      html: body,
      className: apart ? "amas apart" : "amas",
      iconSize: [size, size],
    });
  }
  /* As it stands in a ring: « 12 345 » would not. */
  const short = (many) =>
    many < 10000
      ? french(many)
      : many.toLocaleString("fr-FR", { notation: "compact", maximumSignificantDigits: 3 });
  function naming({ target }) {
    target.getElement()?.setAttribute("aria-label", target.said);
  }

  /* ---------- a card of the page and its mark ---------- */
  const FICHE = "[data-fiche]";
  const PAUSE = 350; // a pointer that only crosses a card moves nothing
  function cards(map) {
    let page;
    try {
      page = window.parent !== window && window.parent.document;
    } catch {
      /* a page of another site */
    }
    if (!page) return;
    let lit = null; // what of the map is lit, and the card of it
    let timer;
    const cardOf = (id) => page.querySelector(`[data-fiche="${CSS.escape(id)}"]`);
    const shown = ({ layer }) =>
      layer.__parent ? layer.__parent._group.getVisibleParent(layer) : layer;
    function light(id) {
      lit?.icon?.classList.remove("vedette");
      lit?.card?.classList.remove("vedette");
      const record = map.records.get(id);
      const seen = record?.layer.getLatLng && shown(record);
      lit = seen ? { icon: seen.getElement?.(), card: cardOf(id), at: seen.getLatLng() } : null;
      lit?.icon?.classList.add("vedette");
      lit?.card?.classList.add("vedette");
      return lit;
    }
    const go = (id) => {
      const found = light(id);
      if (found) bring(map, found.at);
    };
    const idOf = ({ target }) => target.closest?.(FICHE)?.dataset.fiche;
    const over = (event) => {
      clearTimeout(timer);
      const id = idOf(event);
      if (id) {
        light(id);
        timer = setTimeout(go, PAUSE, id);
      } else if (lit) light(null);
    };
    const focus = (event) => {
      const id = idOf(event);
      if (id && event.target.matches(":focus-visible")) go(id);
    };
    const press = (event) => {
      const id = idOf(event);
      const record = id && map.records.get(id);
      if (!record || event.target.closest("a, button, summary, input")) return;
      const open = () => record.layer.openPopup();
      if (record.reach) record.reach(open);
      else open();
    };
    const heard = { pointerover: over, focusin: focus, click: press };
    for (const [name, act] of Object.entries(heard)) page.addEventListener(name, act);
    window.addEventListener("pagehide", () => {
      for (const [name, act] of Object.entries(heard)) page.removeEventListener(name, act);
    });
    /* The other way: a mark lights its card, and one that opens brings it into sight. */
    map.answer = (id, opened) => {
      light(id);
      const behavior = calm() ? "auto" : "smooth";
      if (opened && lit?.card) lit.card.scrollIntoView({ block: "nearest", behavior });
    };
  }
  function answering(map, id, layer) {
    layer.on("mouseover", () => map.answer?.(id));
    layer.on("popupopen", () => map.answer?.(id, true));
  }

  window.catalyse.marks = { group, naming, cards, answering };
})();
