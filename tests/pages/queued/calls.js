// Written by a host that does not wait for the loader.
"use strict";
window.Handrail = [
  ["prefill", { subject: "Written before the loader came" }],
  ["open", { view: "new", severity: "S2" }],
];
