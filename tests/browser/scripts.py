"""What the harness asks of a page in its own language: is it done, still, sound."""

from typing import Final

# Notes when somebody last acted in the page or in a frame of it, when the page last asked something
# of its server, and when a run last ended. What turns while a page is awaited is held still:
# without a graphics card, drawing it sixty times a second costs more than the page itself.
WATCH: Final = """
  window.actedAt = window.askedAt = window.endedAt = 0;
  for (const act of ['pointerdown', 'keydown', 'input', 'change', 'drop', 'popstate'])
    addEventListener(act, () => {
      try { top.actedAt = top.performance.now(); } catch { /* another site frames this page */ }
    }, true);
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (...message) {
    window.askedAt = performance.now();
    return send.apply(this, message);
  };
  new MutationObserver(all => {
    if (all.some(one => one.target.getAttribute('data-test-script-state') === 'notRunning'))
      window.endedAt = performance.now();
  }).observe(document, {subtree: true, attributeFilter: ['data-test-script-state']});
  const calm = new CSSStyleSheet();
  calm.replaceSync('[data-testid$="Skeleton"] { &, * { animation: none !important; } }');
  document.adoptedStyleSheets.push(calm);
"""

# A server under load may be long to begin what it was asked for: five seconds, then it was no run.
QUIET: Final = """() => {
  const now = performance.now();
  const app = document.querySelector('[data-testid="stApp"]');
  const busy = !app || app.getAttribute('data-test-script-state') !== 'notRunning'
    || document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]')
    || (window.askedAt > window.endedAt && now - window.askedAt < 5000);
  if (busy) { window.quietSince = null; return false; }
  window.quietSince ??= now;
  const answered = window.endedAt > Math.max(window.actedAt, window.settledAt ?? 0);
  if (now - window.quietSince < (answered ? 150 : 600)) return false;
  window.settledAt = now;
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
