// The page around the components: which language and theme, and the same style sheet as in the widget.
import { initSync, show_components } from "./handrail.js";
import wasm from "./handrail_bg.wasm";
import { css, locales } from "./data.json";

const wanted = new URLSearchParams(location.search);
const { locale = "en", theme = "light dark" } = Object.fromEntries(wanted);

const choices = [
  ...Object.keys(locales).map((locale) => ({ locale, theme })),
  ...["light", "dark"].map((theme) => ({ locale, theme })),
];
const links = choices.map((choice) => {
  const link = document.createElement("a");
  link.href = `?${new URLSearchParams(choice)}`;
  link.textContent = choice.theme == theme ? choice.locale : choice.theme;
  return link;
});
document.querySelector("nav").append(...links);

document.documentElement.style.colorScheme = theme;
const root = document.querySelector("handrail-widget").attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
root.adoptedStyleSheets = [sheet];
const container = root.appendChild(document.createElement("div"));
initSync({ module: wasm });
show_components(container, ...locales[locale], locale);
