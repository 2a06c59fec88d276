/*
 * The loader: the one file that a host's page includes.
 *
 * Every visitor of the host pays for it, so it stays below 2,048 bytes (brotli, file names and hashes included) and
 * does nothing but draw a button and take the host's calls. What comes behind the button begins with `boot.js`, which is
 * fetched when somebody wants support, not before: until then there is no further request, no storage and no work. The
 * loader must never throw into the host's page, never write outside its own element, and leave nothing behind after
 * `destroy()`.
 *
 * `cargo xtask build` puts boot's hashes and the launcher's words where `__ASSETS__` stands and minifies the file;
 * the server puts the support address where the mail placeholder stands. What a host may write is told in
 * docs/EMBEDDING.md.
 */
(async () => {
  // Asynchronous, so that nothing thrown in here can reach the page; up to the first `await` it runs at once.
  // `currentScript` is null in a module, so the tag is found by its address there.
  const script = document.currentScript || document.querySelector("script[src*='handrail.js']");
  const queue = window.Handrail;
  if (!script) return;
  // The test is for our own handle: an element with the id "Handrail" would be here, too.
  if (queue?.destroy) {
    // A second tag does nothing, unless the host has thrown away what the first one put into the page.
    if (document.readyState == "loading" || document.querySelector("handrail-widget")) return;
    queue.destroy();
  }

  const assets = __ASSETS__;
  const mail = "__MAIL__";
  const { src, dataset, nonce } = script;
  const page = dataset.mode == "page";
  const { theme = "auto", position = "bottom-right" } = dataset;
  const languages = [dataset.locale || document.documentElement.lang, navigator.language, "en"];
  const locale = languages.flatMap((name) => [name, name.split("-")[0]]).find((name) => assets[name]);
  const [label, digest] = assets[locale];

  // Also the bus of our events: `dispatchEvent` keeps a handler that throws away from us and from the others.
  const element = document.createElement("handrail-widget");
  const root = element.attachShadow({ mode: "open" });

  let corner, launcher, launcherBefore, alert; // What stands in the page.
  let booting, driver; // What boot makes of the widget: a promise of it, and itself.
  let wanted, gone; // Whether the panel should be open, and whether all is over.
  let query = ""; // Each try has its own.
  const told = []; // What the host said to the widget before it was there.

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
  // What is there has been painted; nothing is while nobody looks at the page.
  const painted = () =>
    new Promise((go) => {
      requestAnimationFrame(() => setTimeout(go));
      setTimeout(go, 99);
    });

  // The last rung: no form came. There is no room for the words of all languages, so an address has to do.
  const fail = (cause = "no answer") => {
    if (gone || alert) return;
    console.error("Handrail: does CSP allow script-src", src, cause);
    emit("error", cause);
    mark({ ariaBusy: null });
    alert = add(corner, "p", { role: "alert", textContent: `⚠ ${label} ` });
    if (mail.includes("@")) add(alert, "a", { href: "mailto:" + mail, textContent: mail });
  };

  // `import()` takes no integrity value, but waits for a link's, which does. The values are there against mixed releases
  // and meddling proxies; our own origin we have to trust. A browser keeps in mind that a module could not be had.
  const boot = () =>
    (booting ||= parsed
      .then(() => {
        // Its name follows from its hash, as xtask's `assets/published.rs` has it.
        const hash = digest.replace(/\W/g, "").slice(0, 8);
        const { href } = new URL(`boot-${locale}-${hash}.js${query}`, src);
        query += "?";
        add(root, "link", { rel: "modulepreload", href, integrity: "sha256-" + digest, nonce });
        return import(href);
      })
      .then((module) => {
        alert = alert?.remove();
        if (!gone) driver = module.default({ root, launcher, src, dataset, page, position, locale, mail, told, emit, fail, add, mark, painted });
      }))
      // Only a download may be tried again.
      .catch((cause) => {
        booting = null;
        throw cause;
      });

  const handle = {
    async open(options) {
      wanted = true;
      alert = alert?.remove();
      mark({ ariaBusy: true });
      // The launcher answers a click first: to lay out a form takes longer.
      const answered = painted();
      // Silence is a failure, too.
      const late = setTimeout(() => (driver ? driver.late() : fail()), 5e3);
      try {
        await boot();
        await answered;
        if (wanted) await driver?.open(options);
      } catch (cause) {
        fail(cause);
      }
      clearTimeout(late);
    },
    async close() {
      wanted = null;
      mark({ ariaBusy: null });
      driver?.close();
    },
    on(name, handler) {
      const act = ({ detail }) => handler(detail);
      element.addEventListener(name, act);
      return () => element.removeEventListener(name, act);
    },
    async destroy() {
      if (!gone) delete window.Handrail;
      gone = true;
      driver?.destroy();
      hook("remove");
      mark(launcherBefore);
      element.remove();
    },
  };
  for (const method of ["identify", "logout", "prefill"])
    // After a logout, the address of the tokens tells who is there next.
    handle[method] = async (value = dataset.tokenUrl) => driver ? driver.tell(method, value) : told.push([method, value]);
  window.Handrail = handle;

  // A click while the Wasm is on its way changes nothing: it has been heard. The other two say that one is near.
  const act = ({ type }) => {
    if (type == "click") launcher.ariaExpanded == "true" ? handle.close() : handle.open();
    else if (dataset.preload != "click") boot().catch(() => {});
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
        add(corner, "button", { textContent: dataset.label || label });
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
