// Looks at a widget from the page in which it stands, whoever made it: it knows no names of theirs, but what a person
// knows them by. The launcher is the first button that shows in a shadow root, the form is there when a text area shows
// that takes what is typed. It watches by itself, so that nobody has to ask while something is measured.
"use strict";
window.bench = (() => {
  // Closed roots, too.
  const roots = [];
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (...options) {
    const root = attach.apply(this, options);
    roots.push(root);
    return root;
  };
  // What the browser does not count among what a script holds.
  const memories = new Set();
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const make = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await make.apply(WebAssembly, given);
      for (const it of Object.values((made.instance ?? made).exports)) if (it instanceof WebAssembly.Memory) memories.add(it);
      return made;
    };
  }
  const shows = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 0 && height > 0 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  const find = (selector) => {
    for (const root of roots) for (const element of root.querySelectorAll(selector)) if (shows(element)) return element;
  };
  const focused = () => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active;
  };
  const field = () => {
    const found = find("textarea");
    if (!found || found.disabled || found.readOnly || found.closest("[inert]")) return;
    found.focus();
    return focused() == found ? found : undefined;
  };
  // When what is looked for has been painted: asked once a frame, told by the task behind that frame.
  const painted = (look) =>
    new Promise((resolve) => {
      const frame = () => {
        const found = look();
        if (!found) return requestAnimationFrame(frame);
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve({ found, at: performance.now() });
        port2.postMessage(null);
      };
      requestAnimationFrame(frame);
    });

  let seen; // What was noted since it was last taken.
  const begin = () => (seen = { tasks: [], events: [], keys: [] });
  begin();
  const note = {
    longtask: ({ startTime, duration }) => seen.tasks.push([startTime, duration]),
    event: ({ name, startTime, processingStart, processingEnd, duration, interactionId }) =>
      seen.events.push({ name, at: startTime, delay: processingStart - startTime, work: processingEnd - processingStart, duration, interaction: interactionId }),
  };
  const take = (entries) => entries.forEach((entry) => note[entry.entryType == "longtask" ? "longtask" : "event"](entry));
  const observers = [
    { type: "longtask", buffered: true },
    { type: "event", durationThreshold: 16, buffered: true },
  ].map((options) => {
    const observer = new PerformanceObserver((list) => take(list.getEntries()));
    observer.observe(options);
    return observer;
  });
  // Of keys whose event was quicker than 16 ms no observer tells.
  addEventListener("keydown", (event) => seen.keys.push([event.timeStamp, performance.now() - event.timeStamp]), true);

  let frames; // Beginnings of frames, while somebody wants them.
  // Where a click on it arrives, even if that has to be brought into sight.
  const middle = (element) => {
    element.scrollIntoView({ block: "nearest" });
    const { left, top, width, height } = element.getBoundingClientRect();
    return [left + width / 2, top + height / 2];
  };

  // The widget's tag comes when the page has been painted, so that what the page does for itself is over.
  let included;
  const include = async (attributes) => {
    await painted(() => document.readyState == "complete");
    included = performance.now();
    const script = Object.assign(document.createElement("script"), { async: true });
    for (const [name, value] of Object.entries(attributes)) script.setAttribute(name, value);
    if (script.src) document.head.append(script);
  };

  const bench = {
    include(attributes) {
      bench.launcher = include(attributes)
        .then(() => painted(() => find("button")))
        .then(({ found, at }) => ({ found, took: at - included }));
    },
    roots,
    find,
    middle,
    painted,
    // The next click opens the form; what is told is when the form could be used, and when what a widget promises stood in
    // it, if the widget has such a thing.
    awaitForm(promise) {
      const clicked = new Promise((resolve) =>
        addEventListener("click", (event) => resolve(event.timeStamp), { capture: true, once: true }),
      );
      bench.form = clicked.then(async (from) => {
        const { found, at } = await painted(field);
        bench.field = found;
        return at - from;
      });
      bench.promise = promise && clicked.then(async (from) => (await painted(() => find(promise))).at - from);
    },
    // A form that is drawn once more was not usable.
    isStillUsable: () => bench.field.isConnected && field() == bench.field,
    included: () => included,
    memory: () => [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
    take() {
      observers.forEach((observer) => take(observer.takeRecords()));
      const taken = seen;
      begin();
      return taken;
    },
    watchFrames() {
      const mine = (frames = []);
      const frame = (at) => {
        if (frames != mine) return;
        mine.push(at);
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    },
    takeFrames() {
      const taken = frames;
      frames = null;
      return taken;
    },
  };
  return bench;
})();
