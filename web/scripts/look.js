/* Where a map looks: fitted beside the page's legend, clear of its buttons, and moved for what the
   keyboard or a card reaches. */
(() => {
  "use strict";
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
    const legend = legendBox();
    if (legend?.querySelector("details[open]")) {
      // What scrolls in its box is longer than what is seen of it.
      const box = window.frameElement.getBoundingClientRect(),
        { left, top, right, bottom } = legend.parentElement.getBoundingClientRect();
      if (left >= box.left && bottom <= box.bottom) return [right - box.left, top - box.top];
    }
    return [0, Number.POSITIVE_INFINITY];
  }
  /* What the page keeps its legend in; null without one, or in a page of another site. */
  function legendBox() {
    try {
      return window.frameElement.ownerDocument.querySelector(".st-key-legende");
    } catch {
      return null;
    }
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
  Object.assign(window.catalyse.tools, { look, bring, legendCorner, legendBox });
})();
