// Writes down each error of the page, whoever made it. Most browsers let no driver read their console, so every host
// page of the tests begins with this, and the test reads it at its end.
"use strict";
window.witnessed = [];
{
  const told = (what) => (what?.stack ? `${what}\n${what.stack}` : what);
  const note = (kind, ...words) => window.witnessed.push(`${kind}: ${words.map(told).join(" ")}`);
  const asked = (element) => element.src ?? element.href;
  // Elements that cannot load what they want say so to nobody but a listener that captures.
  const listen = ({ target, error, message }) => {
    if (target === window) note("error", error ?? message);
    else if (asked(target)) note("error", `cannot load ${asked(target)}`);
  };
  addEventListener("error", listen, true);
  addEventListener("unhandledrejection", (event) => note("unhandled rejection", event.reason));
  addEventListener("securitypolicyviolation", (event) =>
    note("policy", `${event.effectiveDirective} forbids ${event.blockedURI || "inline"} ${event.sample}`),
  );
  const say = console.error;
  console.error = (...words) => {
    note("console", ...words);
    say.apply(console, words);
  };
}
