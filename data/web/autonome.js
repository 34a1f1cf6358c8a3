// The map in one file: draws what the page's data block holds, and filters it with the list.
// Names come from anybody: they are only ever set as text.
(() => {
  'use strict';
  const SVG = 'http://www.w3.org/2000/svg';
  const MANY = 1500;
  const { records, marks, ground, attribution } = JSON.parse(document.getElementById('donnees').textContent);
  const fold = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  records.forEach(one => { one.words = fold(one.words); });
  const byId = new Map(records.filter(one => 'mark' in one).map(one => [one.id, one]));
  const points = records.filter(one => one.shape && one.shape.type === 'Point').length;

  const map = L.map('carte', { preferCanvas: points > MANY, minZoom: 2, maxZoom: 18 });
  map.attributionControl.setPrefix(false).addAttribution(attribution);
  const locale = { 'Zoom in': 'Agrandir', 'Zoom out': 'Réduire' };
  document.querySelectorAll('.leaflet-control-zoom a').forEach(link => {
    const said = locale[link.title] || link.title;
    link.title = said;
    link.setAttribute('aria-label', said);
  });
  const land = { color: '#7d9093', weight: 1, fillColor: '#fbfaf5', fillOpacity: 1 };
  L.geoJSON(ground, { style: land, interactive: false }).addTo(map);

  function sign(name) {
    const [letter, fill, path, dy] = marks[name];
    const svg = document.createElementNS(SVG, 'svg');
    const set = (element, values) => Object.entries(values)
      .forEach(([key, value]) => element.setAttribute(key, value));
    set(svg, { viewBox: '-1 -1 34 34', width: 28, height: 28, 'aria-hidden': 'true' });
    const shape = svg.appendChild(document.createElementNS(SVG, 'path'));
    set(shape, { d: path, fill, stroke: '#fff', 'stroke-width': 1.5 });
    const text = svg.appendChild(document.createElementNS(SVG, 'text'));
    set(text, { x: 16, y: 21 + dy, fill: '#fff', 'font-size': letter.length > 1 ? 12 : 15,
      'font-weight': 700, 'text-anchor': 'middle' });
    text.textContent = letter;
    return svg;
  }

  function pointOf(record, place) {
    if (!record.mark || points > MANY) {
      const fill = record.mark ? marks[record.mark][1] : '#3f3d8f';
      return L.circleMarker(place, { radius: 6, color: '#fff', weight: 1, fillColor: fill,
        fillOpacity: .95 });
    }
    const icon = L.divIcon({ html: sign(record.mark), className: 'signe', iconSize: [28, 28] });
    return L.marker(place, { icon, title: record.name, alt: record.name });
  }

  function layerOf(record) {
    const area = /Polygon$/.test(record.shape.type);
    const style = record.kind === undefined
      ? { color: '#1c2b2d', weight: 2.5, fillColor: '#00608f', fillOpacity: area ? .08 : 0 }
      : { color: record.colour, dashArray: record.dashes || null, weight: 2.5 };
    const layer = L.geoJSON(record.shape, {
      style: () => style, pointToLayer: (_, place) => pointOf(record, place),
    });
    const said = document.createElement('div');
    said.className = 'fiche-carte';
    said.textContent = record.name;
    return layer.bindPopup(said);
  }

  const drawn = records.map(record => record.shape && layerOf(record));
  const order = drawn.map((_, at) => at).filter(at => drawn[at])
    .sort((one, two) => Number(records[one].shape.type === 'Point')
      - Number(records[two].shape.type === 'Point'));

  function lookAtAll() {
    const shown = L.featureGroup(order.map(at => drawn[at]).filter(one => map.hasLayer(one)));
    const bounds = shown.getBounds();
    map.fitBounds(bounds.isValid() ? bounds.pad(.08) : [[41.3, -5.2], [51.1, 9.6]],
      { maxZoom: 13, animate: false });
  }

  const form = document.getElementById('filtres');
  const wanted = name => (form.elements[name] ? form.elements[name].value : '');

  function kept(record, words, profile, practice) {
    const own = one => (!profile || one.profile === profile)
      && (!practice || (one.practices || []).includes(practice));
    const told = words.every(word => record.words.includes(word));
    if ('mark' in record) return told && own(record);
    if (!profile) return told && (!practice || !record.practices || own(record));
    const members = (record.members || []).map(id => byId.get(id)).filter(Boolean);
    return told && members.some(own);
  }

  function filter() {
    const words = fold(wanted('texte')).split(/\s+/).filter(Boolean);
    const shown = records.map(one => kept(one, words, wanted('profil'), wanted('pratique')));
    order.forEach(at => { drawn[at].remove(); });
    order.filter(at => shown[at]).forEach(at => { drawn[at].addTo(map); });
    records.forEach((_, at) => { document.getElementById(`r${at}`).hidden = !shown[at]; });
    document.querySelectorAll('.listes section').forEach(section => {
      const left = section.querySelectorAll('li:not([hidden])').length;
      section.querySelector('.nombre').textContent = left;
    });
    const count = shown.filter(Boolean).length;
    const placed = order.filter(at => shown[at]).length;
    document.getElementById('compte').textContent =
      `${count} sur ${records.length} dans la liste, ${placed} sur la carte.`;
  }

  form.addEventListener('input', filter);
  form.addEventListener('submit', event => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(() => { filter(); lookAtAll(); }));
  document.querySelector('.listes').addEventListener('click', event => {
    const at = event.target.dataset.voir;
    if (at === undefined) return;
    const layer = drawn[at];
    map.fitBounds(layer.getBounds(), { maxZoom: 13, animate: false });
    layer.openPopup(layer.getBounds().getCenter());
    document.getElementById('carte').scrollIntoView({ block: 'nearest' });
  });
  lookAtAll();
  filter();
  lookAtAll();
})();
