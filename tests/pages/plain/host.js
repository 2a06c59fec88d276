// What the host product of the tests does by itself: it counts, it has shortcuts, and it takes notes.
"use strict";
window.heard = [];
window.violations = [];
document.addEventListener("keydown", (event) => window.heard.push(event.key));
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.effectiveDirective}: ${event.blockedURI}`),
);
addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector("#count");
  button.addEventListener("click", () => (button.textContent = Number(button.textContent) + 1));
});
