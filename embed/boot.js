/*
 * Boot: brings the widget when somebody wants support, and drives it.
 *
 * The loader fetches this file when it is wanted, and hands over what stands in the page (`stage`). Boot knows the names
 * and hashes of everything else, downloads what the locale needs in parallel, mounts the Wasm, and passes on the host's
 * calls. When the Wasm cannot run it brings the plain form, and when not even that can be had, words and an address. It
 * keeps the loader's promises: it never throws into the host's page, writes inside the loader's element only, and leaves
 * nothing behind after `destroy()`.
 *
 * `cargo xtask build` puts names and texts where `__ASSETS__` stands.
 */
const assets = __ASSETS__;

// A page has one instance of the Wasm, however often the tag is included. What broke it, if anything did: an instance
// that broke must never be entered a second time.
let broken;

const SILENCE = "no answer for five seconds";

export default (stage) => {
  const { root, corner, launcher, src, dataset, page, position, locale, mail, told, emit, add, mark } = stage;
  const { origin } = new URL(src);
  const labels = assets.labels[locale];

  let loading, app, container; // The Wasm: a promise of it, its handle, the element it draws into.
  let later, sheet; // What the form does not need of it: a promise of the bytes; its style, adopted.
  let falling, plain; // The form in its place: a promise of it, and itself. Once it is shown, it stays.
  let alert, wanted, focusBefore, gone; // What is said instead of either, and how the panel stands.
  let suspect, violation; // Which download failed, and what the page's policy forbade meanwhile.
  let explained; // What was said about it: each thing is said once.

  const unsay = () => {
    alert?.remove();
    alert = null;
  };
  const settle = () => {
    unsay();
    mark({ ariaExpanded: false });
    emit("close");
    (focusBefore == document.body ? launcher : focusBefore)?.focus();
    focusBefore = null;
  };
  const show = (panel, options) => {
    unsay();
    panel(options);
    mark({ ariaBusy: null, ariaExpanded: true });
    emit("open");
  };

  // For the host's engineer: what happened, and the remedy.
  const remedy = async (cause) => {
    if (violation) {
      const { blockedURI, effectiveDirective } = violation;
      const needed = blockedURI == "wasm-eval" ? "'wasm-unsafe-eval'" : origin;
      return `the Content Security Policy of this page blocks ${blockedURI}. Add ${needed} to its ${effectiveDirective}.`;
    }
    if (!suspect) return cause == SILENCE ? `is ${origin} slow, or does something hold its files back?` : "the widget cannot run.";
    const answer = await fetch(suspect).catch(() => 0);
    if (!answer) return `${suspect} cannot be reached: offline, or blocked on its way.`;
    if (!answer.ok) return `${suspect} answers ${answer.status}. handrail.js must not be kept longer than the files that it names.`;
    const type = answer.headers.get("content-type");
    if (/js$/.test(suspect) && !/javascript/.test(type)) return `${suspect} comes as ${type} and must come as text/javascript.`;
    const whole = await answer.arrayBuffer().catch(() => 0);
    if (!whole) return `${suspect} breaks off before its end. Something on its way cuts it.`;
    return `${suspect} was changed on its way, or is not of the same release as handrail.js.`;
  };
  const explain = async (cause) => {
    // What the page's policy forbade is told a moment later than the failure that comes of it.
    await new Promise((go) => setTimeout(go, 50));
    const words = "Handrail: " + (await remedy(cause));
    if (words != explained) console.error((explained = words), cause);
  };

  // The last rung: neither widget nor form could be had, so there are words and, if there is one, an address.
  const fail = () => {
    if (gone || alert) return;
    mark({ ariaBusy: null, ariaExpanded: false });
    alert = add(corner, "p", { role: "alert", textContent: labels.failed });
    if (mail.includes("@")) add(alert, "a", { href: "mailto:" + mail, textContent: labels.mail });
    add(alert, "button", { textContent: labels.close, onclick: settle }).focus();
  };

  // What stands in the widget's form at this moment, although the widget is broken.
  const rescue = () => {
    const find = (selector) => container?.querySelector(selector)?.value;
    return {
      severity: find(".hr-severity :checked"),
      subject: find("#hr-subject"),
      description: find("#hr-description"),
      cc: find("#hr-ccs"),
    };
  };
  // The rung before: the plain form, with all that the widget was told.
  const fall = (cause, options) =>
    (falling ||= (async () => {
      // What a panic was, the Wasm has said already.
      if (cause != broken) explain(cause);
      emit("error", cause == broken ? null : cause);
      const typed = rescue();
      container?.remove();
      let source = dataset.tokenUrl;
      const wish = { ...options };
      for (const [method, value] of told) {
        if (method == "prefill") Object.assign(wish, value);
        else source = value;
      }
      const { default: form } = await get(assets.plain[locale], ({ url }) => import(url));
      if (gone) return;
      const api = dataset.api || origin;
      plain = form({ root, api, locale, mail, page, position, source, wish, typed, emit, onClosed: settle });
      if (wanted) show(plain.open);
    })().catch(() => {
      falling = null;
      fail();
    }));

  const get = async ([name, integrity], use) => {
    const url = new URL(name, src).href;
    try {
      const answer = await fetch(url, { integrity });
      if (!answer.ok) throw Error(answer.status);
      return await use(answer);
    } catch (cause) {
      suspect ||= url;
      throw cause;
    }
  };
  const adopt = (css) => {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    // A new array each time: Firefox froze the old one until lately.
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  };
  const loadLater = () => {
    suspect = null;
    const [wasm, style] = assets.later;
    return (later ||= Promise.all([get(wasm, (answer) => answer.arrayBuffer()), get(style, (answer) => answer.text())]).then(
      ([bytes, css]) => {
        if (!gone) adopt(css);
        return bytes;
      },
      (cause) => {
        later = null;
        explain(cause);
        throw cause;
      },
    ));
  };
  const note = (event) => {
    if (event.blockedURI == "wasm-eval" || event.blockedURI.startsWith(origin)) violation ||= event;
  };
  const download = async () => {
    suspect = violation = null;
    // It tells what no error of a script tells.
    document.addEventListener("securitypolicyviolation", note);
    try {
      const [glue, module_or_path, { css, texts }] = await Promise.all([
        // As the loader does with this file: checked here, imported from the cache.
        get(assets.glue, ({ url }) => import(url)),
        get(assets.wasm, (answer) => answer),
        get(assets.locales[locale], (answer) => answer.json()),
      ]);
      // A second call returns the first one's instance.
      await glue.default({ module_or_path });
      glue.provide(loadLater);
      return [glue, css, texts];
    } finally {
      setTimeout(() => document.removeEventListener("securitypolicyviolation", note), 100);
    }
  };
  const load = () =>
    (loading ||= download()
      .catch((cause) => {
        loading = null;
        throw cause;
      })
      .then(([glue, css, texts]) => {
        if (broken) throw broken;
        if (gone || falling) return;
        container = add(root, "div");
        const tokenUrl = dataset.tokenUrl;
        const api = dataset.api || origin;
        app = glue.mount({ container, root, api, page, css, texts, locale, tokenUrl, position, emit, onClosed: settle, onPanic });
        told.map((said) => call(...said));
        emit("ready");
      }));

  const onPanic = (cause = "panic") => {
    broken = cause;
    app = null;
    // Later: the Wasm is still on the stack, and removing its nodes would call into it.
    setTimeout(fall, 0, cause);
  };
  const call = (method, value) => {
    try {
      app?.[method](value);
    } catch (cause) {
      // The Wasm tells of a panic itself; then there is nothing left to tell.
      if (app) onPanic(cause);
    }
  };

  // Boot is there because somebody wants support, or is about to.
  load().catch(() => {});

  return {
    async open(options) {
      unsay();
      wanted = true;
      focusBefore ||= root.activeElement || document.activeElement;
      if (plain) return show(plain.open, options);
      mark({ ariaBusy: true });
      try {
        if (broken) throw broken;
        await load();
        if (app && wanted) show((options) => call("open", options), options);
      } catch (cause) {
        await fall(cause, options);
      }
      if (!falling) mark({ ariaBusy: null });
    },
    close() {
      wanted = null;
      call("close");
      plain?.close();
    },
    tell(method, value) {
      // Also for the plain form, which may have to take over later. A new person begins anew.
      if (method == "logout") told.length = 0;
      told.push([method, value]);
      plain ? plain.tell(method, value) : call(method, value);
    },
    // The loader says so when the panel is not there five seconds after it was wanted.
    late(options) {
      if (!app && wanted) fall(SILENCE, options);
    },
    destroy() {
      gone = true;
      call("destroy");
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other != sheet);
      app = null;
      plain?.destroy();
    },
  };
};
