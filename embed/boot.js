/*
 * Boot: shows the plain form when somebody wants support, brings the widget meanwhile, and drives both.
 *
 * The loader fetches this file, which there is in each language, when it is wanted, and hands over what stands in the
 * page (`stage`). The plain form is inside, so that it is there first, and what is typed into it is typed for good: the
 * Wasm takes it over as it stands, and where the Wasm cannot run, it stays. Boot keeps the loader's promises: it never
 * throws into the host's page, writes inside the loader's element only, and leaves nothing behind after `destroy()`.
 *
 * `cargo xtask build` puts the names and hashes of all that comes later where `__ASSETS__` stands.
 */
import form, { style, texts } from "./plain/form.js";

const assets = __ASSETS__;

const SILENCE = "no answer for five seconds";
const pause = (time) => new Promise((go) => setTimeout(go, time));

export default (stage) => {
  const { root, launcher, src, dataset, page, position, locale, mail, told, emit, fail, add, mark, painted } = stage;
  const { origin } = new URL(src);
  const api = dataset.api || origin;
  const { tokenUrl } = dataset;
  const sheets = [];

  let plain, standing, alone; // The plain form: itself, a promise that it is seen, and whether it stays.
  let loading, app, broken; // The Wasm: a promise of it, its handle, and what broke it.
  let container; // The element into which both draw.
  let wanted, open, focusBefore, gone; // Where the panel is to open, and whether it is.
  let suspect, violation; // Which download failed, and what the page's policy forbade meanwhile.
  let explained; // What was said about it: each thing is said once.

  const settle = () => {
    wanted = open = null;
    mark({ ariaExpanded: false });
    emit("close");
    (focusBefore == document.body ? launcher : focusBefore)?.focus();
    focusBefore = null;
  };
  // Whichever of the two there is.
  const show = () => {
    if (!wanted) return;
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
    await pause(50);
    const words = "Handrail: " + (await remedy(cause));
    if (words != explained) console.error((explained = words), cause);
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
  const draws = () => {
    if (container) return container;
    container = add(root, "div");
    // A file that is dropped beside its place must not take the host's page away.
    const keep = (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault();
    for (const name of ["dragover", "drop"]) container.addEventListener(name, keep);
    return container;
  };
  // The plain form, with all that the host has said.
  const stand = () => {
    plain = form({ container: draws(), root, api, locale, mail, page, position, source: tokenUrl, emit, onClosed: settle });
    for (const [method, value] of told) plain.tell(method, value);
  };
  // The plain form stays.
  const fall = (cause) => {
    if (alone || gone) return;
    alone = true;
    explain(cause);
    emit("error", cause);
    try {
      if (!plain) {
        const typed = rescue();
        container?.remove();
        container = open = null;
        stand();
        plain.suggest(typed);
      }
      plain.stayAlone();
      if (!open) show();
    } catch (cause) {
      fail(cause);
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
  // Style and texts of the later part.
  const dress = async () => {
    const { css, texts } = await get(assets.dress, (answer) => answer.json());
    adopt(css);
    return texts;
  };
  const loadLater = async () => {
    suspect = null;
    try {
      const [bytes, texts] = await Promise.all([get(assets.later, (answer) => answer.arrayBuffer()), dress()]);
      call("learn", texts);
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
      const [module_or_path, glue] = await Promise.all([
        get(assets.wasm, (answer) => answer),
        // Checked here, imported from the cache. It is asked for behind the form, and runs when that is seen.
        pause().then(() => get(assets.glue, async ({ url }) => (await standing, import(url)))),
      ]);
      // A page has one instance, however often and in whatever language the tag is included: a second call returns the
      // first one's. One that broke must never be entered again, and one that has its later part does not ask for it.
      await glue.default({ module_or_path });
      broken = glue.watch(onBroken);
      const learnt = glue.provide(loadLater) && (await dress());
      // Somebody may be writing: two short tasks hold them up less than a long one.
      await pause();
      return [glue, learnt];
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
      .then(([glue, learnt]) => {
        if (broken) throw broken;
        if (gone || alone) return;
        app = glue.mount({ container: draws(), api, page, texts, locale, tokenUrl, position, emit, onClosed: settle });
        if (learnt) call("learn", learnt);
        for (const said of told) call(...said);
        const before = plain?.handOver() || {};
        const { view, submit } = before;
        if (before.standing) {
          const { request, customFields, context } = wanted || {};
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
  adopt(style);
  load().catch(() => {});
  stand();

  return {
    async open(options) {
      if (gone) return;
      wanted = options || {};
      focusBefore ||= root.activeElement || document.activeElement;
      show();
      if (app) return;
      // The Wasm comes meanwhile.
      standing ||= painted();
      try {
        await load();
      } catch (cause) {
        fall(cause);
      }
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
      if (wanted && !app) fall(SILENCE);
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
