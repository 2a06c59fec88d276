/*
 * The panel around the plain form. It draws what the widget draws (`src/features/panel`), element by element: the widget
 * goes on with these very elements, and a test compares the two trees.
 */
import { el, icon } from "./element.js";
import { texts } from "./texts.js";

const FENCED = ["keydown", "keyup", "keypress", "paste", "cut", "copy"];
// The path of `Icon::Close`.
const CROSS = "M6 6l12 12M18 6L6 18";
// Names of views as a host says them in `open({view})`, and what stands on the way to them.
const WAYS = [
  ["new", texts.nav_new],
  ["mine", texts.nav_mine],
  ["ccd", texts.nav_ccd],
];

export const skeleton = () =>
  el(
    "div",
    "hr-skeleton",
    { role: "status" },
    el("span", "hr-hidden", null, texts.loading),
    ...WAYS.concat(0).map(() => el("div", "hr-skeleton__bar")),
  );

export const panelOf = ({ root, page, position, locale, onShut }, form) => {
  const life = new AbortController();
  const { signal } = life;
  const place = (name, ...content) => el("hr-place", name, null, ...content);

  const content = place("hr-new-request", form);
  const view = el("div", "hr-view", null, content);
  const ways = WAYS.map(([name, text]) => el("button", "hr-nav__item", { type: "button", onclick: () => go(name) }, text));
  const nav = el("nav", "hr-nav", { "aria-label": texts.nav_label }, ...ways);
  let where; // The view that is wanted.
  const go = (name, under = name) => {
    where = name;
    WAYS.forEach(([way], nth) => (way == under ? ways[nth].setAttribute("aria-current", "page") : ways[nth].removeAttribute("aria-current")));
    view.replaceChildren(name == "new" ? content : skeleton());
  };

  const dir = /^(ar|fa|he|ur)/.test(locale) ? "rtl" : "ltr";
  const title = el(page ? "h1" : "h2", page ? "hr-page__title" : "hr-panel__title", page ? null : { tabIndex: -1 }, texts.nav_label);
  const inside = [nav, place("hr-views", view)];
  const sides = ["left", "top"].filter((side) => position.includes(side)).map((side) => " hr-panel--" + side);
  const panel = page
    ? el("div", "hr-page", { lang: locale, dir }, title, ...inside)
    : el(
        "dialog",
        "hr-panel" + sides.join(""),
        {
          "aria-label": texts.nav_label,
          lang: locale,
          oncancel: (event) => leave(event),
          onkeydown: (event) => {
            if (event.key == "Escape" && !event.isComposing) leave(event);
          },
        },
        el(
          "div",
          "hr-panel__frame",
          { dir },
          el(
            "header",
            "hr-panel__head",
            null,
            title,
            el("button", "hr-icon-button", { type: "button", title: texts.close, "aria-label": texts.close, onclick: () => shut() }, icon(CROSS)),
          ),
          ...inside,
        ),
      );
  const shut = () => {
    if (!panel.open) return;
    panel.close();
    root.host.removeAttribute("popover");
    onShut();
  };
  const leave = (event) => {
    event.preventDefault();
    shut();
  };

  // What is typed here must not reach the host's shortcuts.
  for (const name of FENCED) panel.addEventListener(name, (event) => event.stopPropagation(), { signal });
  // As `src/ui/viewport.rs`: a phone's keyboard lies over the page.
  const seen = window.visualViewport;
  const fit = () => {
    if (seen.scale > 1.05) return;
    panel.style.setProperty("--_seen-top", Math.trunc(seen.offsetTop) + "px");
    panel.style.setProperty("--_seen", Math.trunc(seen.height) + "px");
    const hidden = root.activeElement?.getBoundingClientRect().bottom - view.getBoundingClientRect().bottom;
    if (hidden > 0) view.scrollTop += hidden + 16;
  };
  if (!page) for (const name of ["resize", "scroll"]) seen?.addEventListener(name, fit, { signal });
  go("new");

  return {
    panel,
    nav,
    view,
    content,
    go,
    shut,
    isOpen: () => page || panel.open,
    where: () => where,
    open() {
      if (page || panel.open) return;
      if (matchMedia("(max-width: 30rem)").matches) panel.showModal();
      else {
        // Above every layer of the host, as `src/features/panel/dialog.rs` has it.
        root.host.setAttribute("popover", "manual");
        root.host.showPopover?.();
        panel.show();
      }
      title.focus();
    },
    end: () => life.abort(),
  };
};
