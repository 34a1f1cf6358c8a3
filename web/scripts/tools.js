/* What every script of a map uses: what is fetched once, small pieces of a page, links out of the
   frame, what goes back to Python. First of the bundle: see geo/output/webfiles.py. */
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

  /* What the page has asked for ahead is read once, for the map of the painted page and for the
     live one: a frame is another document than its page. */
  function asked(url) {
    const read = (asker) =>
      asker
        .fetch(url)
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(url))));
    const ahead = parentDocument()?.querySelector('link[rel="preload"][as="fetch"]');
    if (ahead?.getAttribute("href") === url)
      window.parent.ahead ??= { url, answer: read(window.parent) };
    return parentDocument() && window.parent.ahead?.url === url
      ? window.parent.ahead.answer
      : read(window);
  }
  function fetched(url, use) {
    if (documents.has(url)) {
      use(documents.get(url));
      return;
    }
    asked(url)
      .then((json) => {
        documents.set(url, json);
        use(json);
      })
      .catch(() => notice("Une couche de la carte n’a pas pu être chargée. Rechargez la page."));
  }

  /* Small pieces of a page, always built from text, never from HTML. */
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
      if (parentDocument().getElementById("premier")) {
        window.parent.location.assign(address); // no page is live yet
        return;
      }
      window.parent.history.pushState({}, "", address);
      window.parent.dispatchEvent(new PopStateEvent("popstate"));
    });
    return link;
  }
  function notice(text, patience = 1800) {
    clearTimeout(notice.timer);
    notice.hint.textContent = text;
    notice.hint.classList.add("visible");
    notice.timer = setTimeout(() => notice.hint.classList.remove("visible"), patience);
  }

  function report(value) {
    if (window.Streamlit) window.Streamlit.setComponentValue({ ...value, at: Date.now() });
    else window.parent.departure?.(value); // of a painted page: see first.js
  }

  window.catalyse = {
    tools: {
      element,
      fetched,
      inside,
      outside,
      isWeb,
      notice,
      report,
      framed,
      parentDocument,
    },
  };
})();
