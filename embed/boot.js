/*
 * Boot: brings the widget when somebody wants support, and drives it.
 *
 * The loader fetches this file when it is wanted, and hands over what stands in the page (`stage`). Boot knows the names
 * and hashes of everything else and downloads what the locale needs in parallel. The plain form is there first, and what
 * is typed into it is typed for good: the Wasm takes it over as it stands, and where the Wasm cannot run, it stays. When
 * not even that can be had, there are words and an address. Boot keeps the loader's promises: it never throws into the
 * host's page, writes inside the loader's element only, and leaves nothing behind after `destroy()`.
 *
 * `cargo xtask build` puts names and texts where `__ASSETS__` stands.
 */
const assets = __ASSETS__;

// A page has one instance of the Wasm, however often the tag is included. What broke it, if anything did: an instance
// that broke must never be entered a second time. And whether its later part is there, which it asks for once.
let broken, later;

const SILENCE = "no answer for five seconds";

export default (stage) => {
  const { root, corner, launcher, src, dataset, page, position, locale, mail, told, emit, add, mark } = stage;
  const { origin } = new URL(src);
  const api = dataset.api || origin;
  const labels = assets.labels[locale];
  const sheets = [];

  let forming, standing, plain, alone; // The plain form: promises of its script, and that it is seen; itself, and whether it stays.
  let loading, app, container; // The Wasm: a promise of it, its handle; and the element into which both draw.
  let wanted, open, alert, focusBefore, gone; // Where the panel is to open, whether it is, and what is said instead.
  let suspect, violation; // Which download failed, and what the page's policy forbade meanwhile.
  let explained; // What was said about it: each thing is said once.

  const unsay = () => {
    alert?.remove();
    alert = null;
  };
  const settle = () => {
    unsay();
    wanted = open = null;
    mark({ ariaExpanded: false });
    emit("close");
    (focusBefore == document.body ? launcher : focusBefore)?.focus();
    focusBefore = null;
  };
  // Whichever of the two there is.
  const show = () => {
    if (!wanted) return;
    unsay();
    plain ? plain.open(wanted) : call("open", wanted);
    open = true;
    mark({ ariaBusy: null, ariaExpanded: true });
    emit("open");
  };

  // For the host's engineer: what happened, and the remedy.
  const remedy = async (cause) => {
    if (cause == broken) return "the widget broke, by a fault of ours. Please send us this line and what follows it.";
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
  // Nothing is painted while nobody looks at the page.
  const painted = () =>
    new Promise((go) => {
      requestAnimationFrame(() => setTimeout(go));
      setTimeout(go, 100);
    });
  const draws = () => {
    if (container) return container;
    container = add(root, "div");
    // A file that is dropped beside its place must not take the host's page away.
    const keep = (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault();
    for (const name of ["dragover", "drop"]) container.addEventListener(name, keep);
    return container;
  };
  // The plain form, with all that the host has said, unless the widget was quicker.
  const stand = async () => {
    const { default: form } = await loadForm();
    if (gone || app || plain) return;
    const source = dataset.tokenUrl;
    plain = form({ container: draws(), root, api, locale, mail, page, position, source, emit, onClosed: settle });
    for (const [method, value] of told) plain.tell(method, value);
  };
  // The rung before: the plain form stays.
  const fall = async (cause) => {
    if (alone) return;
    alone = true;
    explain(cause);
    emit("error", cause);
    try {
      if (!plain) {
        const typed = rescue();
        container?.remove();
        container = open = null;
        await stand();
        plain?.suggest(typed);
      }
      plain?.stayAlone();
      if (!open) show();
    } catch {
      alone = null;
      fail();
    }
  };

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
    if (gone) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    sheets.push(sheet);
    // A new array each time: Firefox froze the old one until lately.
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  };
  const loadForm = () =>
    (forming ||= get(assets.plain[locale], ({ url }) => import(url)).then(
      (form) => {
        adopt(form.style);
        return form;
      },
      (cause) => {
        forming = null;
        throw cause;
      },
    ));
  // Style and texts of the later part.
  const dress = async () => {
    const { css, texts } = await get(assets.dress[locale], (answer) => answer.json());
    adopt(css);
    return texts;
  };
  const loadLater = async () => {
    suspect = null;
    try {
      const [bytes, texts] = await Promise.all([get(assets.later, (answer) => answer.arrayBuffer()), dress()]);
      call("learn", texts);
      later = true;
      return bytes;
    } catch (cause) {
      explain(cause);
      throw cause;
    }
  };
  const note = (event) => {
    if (event.blockedURI == "wasm-eval" || event.blockedURI.startsWith(origin)) violation ||= event;
  };
  const download = async () => {
    suspect = violation = null;
    // It tells what no error of a script tells.
    document.addEventListener("securitypolicyviolation", note);
    try {
      const [{ texts }, glue, module_or_path, learnt] = await Promise.all([
        loadForm(),
        // As the loader does with this file: checked here, imported from the cache. It runs when the form is seen.
        get(assets.glue, async ({ url }) => (await standing, import(url))),
        get(assets.wasm, (answer) => answer),
        // An instance that was here before has its later part.
        later && dress(),
      ]);
      // A second call returns the first one's instance.
      await glue.default({ module_or_path });
      glue.provide(loadLater);
      glue.watch(onBroken);
      // Somebody may be writing: two short tasks hold them up less than a long one.
      await new Promise((go) => setTimeout(go));
      return [glue, texts, learnt];
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
      .then(([glue, texts, learnt]) => {
        if (broken) throw broken;
        if (gone || alone) return;
        const tokenUrl = dataset.tokenUrl;
        app = glue.mount({ container: draws(), api, page, texts, locale, tokenUrl, position, emit, onClosed: settle });
        if (learnt) call("learn", learnt);
        for (const said of told) call(...said);
        const before = plain?.handOver() || {};
        const { view, submit } = before;
        if (before.standing) {
          const { request, customFields, context } = wanted;
          before.wish = { view, request: view == "request" && request, customFields, context };
        }
        plain = null;
        call("draw", before);
        before.standing?.sweep();
        emit("ready");
        if (submit) container.querySelector("form").requestSubmit();
      }));

  const onBroken = (cause) => {
    broken = cause;
    if (gone) return;
    app = null;
    // Later: the Wasm is still on the stack, and removing its nodes would call into it.
    setTimeout(fall, 0, cause);
  };
  const call = (method, value) => {
    try {
      app?.[method](value);
    } catch (cause) {
      // Of a trap the glue has told.
      if (app) onBroken(cause);
    }
  };

  // Boot is there because somebody wants support, or is about to.
  load().catch(() => {});

  return {
    async open(options) {
      wanted = options || {};
      focusBefore ||= root.activeElement || document.activeElement;
      if (app || plain) return show();
      unsay();
      mark({ ariaBusy: true });
      try {
        if (broken) throw broken;
        // It is shown as soon as it is there, and the Wasm comes meanwhile.
        standing = stand().then(() => open || show()).then(painted, explain);
        await load();
        if (!open) show();
      } catch (cause) {
        await fall(cause);
      }
      mark({ ariaBusy: null });
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
    // The loader says so when the widget is not there five seconds after it was wanted.
    late() {
      if (app || !wanted) return;
      if (plain) return fall(SILENCE);
      explain(SILENCE);
      fail();
    },
    destroy() {
      gone = true;
      call("destroy");
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => !sheets.includes(sheet));
      app = null;
      plain?.destroy();
    },
  };
};
