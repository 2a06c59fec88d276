// The little that moves on the demo's page.
"use strict";

// Another person: the cookie changes on our own backend, the widget forgets whom it knew, and the
// page loads anew for somebody else. A real product does the same when somebody signs out.
for (const button of document.querySelectorAll("[data-switch]")) {
  button.addEventListener("click", async () => {
    await fetch("/demo/person", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ person: button.dataset.switch }),
    });
    await window.Handrail?.logout();
    location.reload();
  });
}

// The menu closes as one expects of a menu.
const menu = document.querySelector("details.person");
addEventListener("click", (event) => {
  if (!menu.contains(event.target)) menu.open = false;
});
menu.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && menu.open) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A way into support that knows what it is about.
document.querySelector("#ask").addEventListener("click", () => {
  window.Handrail?.open({
    view: "new",
    severity: "S2",
    subject: "FCT_ORDERS: check on CUSTOMER_ID fails for 214 rows",
    description: "The quality check \"CUSTOMER_ID exists in DIM_CUSTOMERS\" fails for 214 rows of ANALYTICS.ORDERS.FCT_ORDERS.\n\n",
  });
});

const filter = document.querySelector("#filter");
filter.addEventListener("input", () => {
  const wanted = filter.value.trim().toLowerCase();
  let shown = 0;
  for (const row of document.querySelectorAll("#rows tr")) {
    row.hidden = !row.textContent.toLowerCase().includes(wanted);
    shown += row.hidden ? 0 : 1;
  }
  document.querySelector("#none").hidden = shown > 0;
});
