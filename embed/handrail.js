/*
 * The loader: the one file that a host's page includes.
 *
 * Every visitor of the host pays for it, so it stays below 2,048 bytes (brotli, file names and hashes included) and
 * does nothing but draw a button. The Wasm is fetched when somebody wants support, not before: until then there is no
 * further request, no storage and no work. It must never throw into the host's page, never write outside its own
 * element, and leave nothing behind after `destroy()`.
 *
 * `cargo xtask build` puts the hashed file names where `__ASSETS__` stands and minifies the file; the server puts the
 * support address where the mail placeholder stands. What a host may write is told in docs/EMBEDDING.md.
 */
(async () => {
  // Asynchronous, so that nothing thrown in here can reach the page; up to the first `await` it runs at once.
  // `currentScript` is null in a module, so the tag is found by its address there.
  const script = document.currentScript || document.querySelector("script[src*='handrail.js']");
  const queue = window.Handrail;
  // A second tag does nothing. The test is for our own handle: an element with the id "Handrail" would be here, too.
  if (!script || queue?.destroy) return;

  const assets = __ASSETS__;
  const mail = "__MAIL__";
  const { src, dataset } = script;
  const origin = new URL(src).origin;
  const page = dataset.mode == "page";
  const { theme = "auto", position = "bottom-right" } = dataset;
  const language = dataset.locale || document.documentElement.lang || navigator.language;
  const locale = [language, language.split("-")[0], "en"].find((name) => assets.labels[name]);
  const labels = assets.labels[locale];

  // Also the bus of our events: `dispatchEvent` keeps a handler that throws away from us and from the others.
  const element = document.createElement("handrail-widget");
  const root = element.attachShadow({ mode: "open" });

  let corner, launcher, launcherBefore, alert; // What stands in the page.
  let loading, app, container; // The Wasm: a promise of it, its handle, the element it draws into.
  let wanted, focusBefore, gone; // Whether the panel should be open, where to go back to, and whether all is over.
  const early = []; // What the host told us before the Wasm was there.

  // `!important` keeps a host's `* { … }` out; custom properties pass `all` untouched, and they are the way in.
  // System colours and `light-dark()` follow `color-scheme`; forced colours replace them, hence the real border.
  const sheet = new CSSStyleSheet();
  const side = /left/.test(position) ? "start" : "end";
  sheet.replaceSync(
    `:host{all:initial!important;position:${page ? "static" : "fixed"}!important;z-index:var(--hr-z,100000)!important;` +
      `color-scheme:${theme.replace("auto", "light dark")}!important}` +
      `hr-corner{position:fixed;${position.split("-")[0]}:0;inset-inline-${side}:0;margin:var(--hr-offset,20px);` +
      `display:grid;justify-items:${side};gap:8px;font:15px/24px var(--hr-font,system-ui);` +
      `button,p{display:grid;gap:8px;margin:0;padding:9px 18px;border:1px solid;border-radius:23px}` +
      `button{display:flex;justify-content:center;font:inherit;color:var(--hr-on-accent,light-dark(#fff,#10201c));` +
      `background:var(--hr-accent,light-dark(#0f6b5c,#6fd3bd));cursor:pointer}` +
      `p{order:-1;max-width:260px;background:Canvas}` +
      // The icon is a cut-out border: forced colours paint borders, but no backgrounds.
      `&>button:before{content:"";border:12px solid;clip-path:path("M4 4h16v12H9l-5 4zm4 4v1.5h8V8z")}` +
      `[aria-busy]{opacity:.7}@media print{display:none}}`,
  );

  // Deferred, so that a handler may call us back although the Wasm is still on the stack.
  const emit = (name, detail) => setTimeout(() => element.dispatchEvent(new CustomEvent(name, { detail })));
  const add = (parent, name, properties) => parent.appendChild(Object.assign(document.createElement(name), properties));
  const mark = (properties) => launcher && Object.assign(launcher, properties);
  const settle = () => {
    alert?.remove();
    alert = null;
    mark({ ariaExpanded: false });
    emit("close");
    (focusBefore == document.body ? launcher : focusBefore)?.focus();
    focusBefore = null;
  };

  // The last step of the ladder: whatever broke, the user is left with words and, if there is one, an address.
  const fail = (cause) => {
    if (gone || alert) return;
    // What a panic was, the Wasm has said already.
    if (cause) console.error(`Handrail: does CSP allow script-src, connect-src ${origin} 'wasm-unsafe-eval'?`, cause);
    emit("error", cause);
    mark({ ariaExpanded: false });
    alert = add(corner, "p", { role: "alert", textContent: labels.failed });
    if (mail.includes("@")) add(alert, "a", { href: "mailto:" + mail, textContent: labels.mail });
    add(alert, "button", { textContent: labels.close, onclick: settle }).focus();
  };

  const get = ([name, integrity]) => fetch(new URL(name, src), { integrity });
  let load = () =>
    (loading ||= Promise.all([
      // `import()` takes no integrity value, but finds in the cache what was checked here, for the name never
      // changes. The values are there against mixed releases and meddling proxies; our own origin we have to trust.
      get(assets.glue).then((answer) => import(answer.url)),
      get(assets.wasm),
      get(assets.locales[locale]).then((answer) => answer.json()),
    ])
      // Only a failed download may be tried again: an instance that broke must never be entered a second time.
      .catch((cause) => {
        loading = null;
        throw cause;
      })
      .then(async ([glue, module_or_path, { css, texts }]) => {
        await glue.default({ module_or_path });
        if (gone) return;
        container = add(root, "div");
        app = glue.mount({
          container,
          root,
          api: dataset.api || origin,
          page,
          css,
          texts,
          locale,
          tokenUrl: dataset.tokenUrl,
          position,
          emit,
          onClosed: settle,
          onPanic,
        });
        early.map((told) => call(...told));
        emit("ready");
      }));

  const onPanic = (cause) => {
    app = null;
    load = async () => {
      throw cause;
    };
    // Later: the Wasm is still on the stack, and removing its nodes would call into it.
    setTimeout(() => {
      container.remove();
      fail(cause);
    });
  };
  const call = (method, value) => {
    try {
      app?.[method](value);
    } catch (cause) {
      // The Wasm tells of a panic itself; then there is nothing left to tell.
      if (app) onPanic(cause);
    }
  };

  const handle = {
    async open(options) {
      alert?.remove();
      alert = null;
      wanted = true;
      focusBefore ||= root.activeElement || document.activeElement;
      mark({ ariaBusy: true });
      try {
        await parsed;
        await load();
        if (wanted) {
          call("open", options);
          mark({ ariaExpanded: true });
          emit("open");
        }
      } catch (cause) {
        fail(cause);
      }
      mark({ ariaBusy: null });
    },
    async close() {
      wanted = null;
      call("close");
    },
    on(name, handler) {
      const act = ({ detail }) => handler(detail);
      element.addEventListener(name, act);
      return () => element.removeEventListener(name, act);
    },
    async destroy() {
      if (!gone) delete window.Handrail;
      call("destroy");
      app = null;
      gone = true;
      hook("remove");
      mark(launcherBefore);
      element.remove();
    },
  };
  for (const method of ["identify", "logout", "prefill"])
    // After a logout, the address of the tokens tells who is there next.
    handle[method] = async (value = dataset.tokenUrl) => (app ? call(method, value) : early.push([method, value]));
  window.Handrail = handle;

  // A click while the Wasm is on its way changes nothing: it has been heard. The other two say that one is near.
  const act = ({ type }) => {
    if (type == "click") launcher.ariaExpanded == "true" ? handle.close() : handle.open();
    else if (dataset.preload != "click") load().catch(() => {});
  };
  const hook = (verb) => {
    for (const type of ["click", "focus", "pointerenter"]) launcher?.[verb + "EventListener"](type, act);
  };

  // A host's own button may stand further down than the tag; and in <head> there is no body yet.
  const parsed = new Promise((resolve) =>
    document.readyState == "loading" ? addEventListener("DOMContentLoaded", resolve) : resolve(),
  ).then(() => {
    if (gone) return;
    root.adoptedStyleSheets = [sheet];
    corner = add(root, "hr-corner");
    ((page && document.querySelector("#handrail")) || document.body).append(element);
    if (page) handle.open();
    else if (dataset.launcher != "none") {
      launcher =
        (dataset.launcher && document.querySelector(dataset.launcher)) ||
        add(corner, "button", { textContent: dataset.label || labels.launcher });
      const { ariaBusy, ariaExpanded, ariaHasPopup } = launcher;
      launcherBefore = { ariaBusy, ariaExpanded, ariaHasPopup };
      mark({ ariaExpanded: false, ariaHasPopup: "dialog" });
      hook("add");
    }
    if (dataset.preload == "idle") window.requestIdleCallback?.(act);
  });
  queue?.map?.(([method, ...values]) => handle[method]?.(...values));
  await parsed;
})().catch(console.error);
