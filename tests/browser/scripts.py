"""What the harness asks of a page in its own language: is it done, still, sound."""

from typing import Final

# Counts the runs that ended since the page was there. What turns while a page is awaited is held
# still: without a graphics card, drawing it sixty times a second costs more than the page itself.
WATCH: Final = """
  window.runsEnded = 0;
  new MutationObserver(all => {
    window.runsEnded += all.filter(
      one => one.target.getAttribute('data-test-script-state') === 'notRunning').length;
  }).observe(document, {subtree: true, attributeFilter: ['data-test-script-state']});
  const calm = new CSSStyleSheet();
  calm.replaceSync('[data-testid$="Skeleton"] { &, * { animation: none !important; } }');
  document.adoptedStyleSheets.push(calm);
"""

QUIET: Final = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  const busy = !app || app.getAttribute('data-test-script-state') !== 'notRunning'
    || document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]');
  if (busy) { window.quietSince = null; return false; }
  window.quietSince ??= performance.now();
  const answered = window.runsEnded > (window.runsSeen ?? 0);
  if (performance.now() - window.quietSince < (answered ? 150 : 600)) return false;
  window.runsSeen = window.runsEnded;
  return true;
}"""

# A map that still fits its bounds moves its marks: where they are is part of the signature.
STILL: Final = """() => {
  const places = [...document.querySelectorAll('.leaflet-map-pane, .leaflet-marker-icon')].map(
    one => { const { x, y, width } = one.getBoundingClientRect(); return [x, y, width].join(); });
  const moving = document.querySelector(
    '.leaflet-zoom-anim .leaflet-zoom-animated, .leaflet-pan-anim');
  const now = places.join(' ');
  if (moving || window.lastPlaces !== now) {
    window.lastPlaces = now;
    window.stillSince = null;
    return false;
  }
  window.stillSince ??= performance.now();
  return performance.now() - window.stillSince > 300;
}"""

SHOWN: Final = "() => Promise.all(document.getAnimations().map(one => one.finished.catch(() => 0)))"
# What passes fills megabytes on a long page, and would travel to Python to be dropped there.
BROKEN: Final = "options => axe.run(document, options).then(found => found.violations)"

FORGET: Final = "() => { try { localStorage.clear(); sessionStorage.clear(); } catch {} }"
