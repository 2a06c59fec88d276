// What hosts write, and what they must not: each `@ts-expect-error` is an error of its own unless the line below is one.
import { load, type Handrail as Handle, type HandrailEvents } from "handrail-widget";

window.Handrail ??= [
  ["identify", async () => "token"],
  ["on", "request:created", ({ id }: { id: number }) => console.log(id)],
  ["open", { view: "mine" }],
];

const handrail: Handle = await load({
  src: "https://support.example.com/handrail.js",
  tokenUrl: "/support-token",
  launcher: "none",
  position: "bottom-left",
});
await Handrail.open();
await handrail.open();
await handrail.open({ view: "new", severity: "S2", subject: "Export failed", description: "…" });
await handrail.open({ request: 1031 });
await handrail.identify(() => "token");
await handrail.prefill({ subject: "Export failed" });
await handrail.logout();
const stop: () => void = handrail.on("request:updated", ({ id }) => id.toFixed());
handrail.on("error", (cause) => String(cause));
handrail.on("ready", (nothing: null) => nothing);
stop();
const events: keyof HandrailEvents = "close";
handrail.on(events, () => {});
await handrail.destroy();

// @ts-expect-error There is no such view.
await handrail.open({ view: "all" });
// @ts-expect-error A request is named by its number.
await handrail.open({ request: "1031" });
// @ts-expect-error There is no such event.
handrail.on("opened", () => {});
// @ts-expect-error A request has an id, and no subject.
handrail.on("request:created", ({ subject }) => subject);
// @ts-expect-error The token comes from a function, so that there is always a fresh one.
await handrail.identify("token");
// @ts-expect-error The script has an address.
await load({ tokenUrl: "/support-token" });
// @ts-expect-error There is no such corner.
await load({ src: "", position: "left" });
// @ts-expect-error There is no such call.
window.Handrail ??= [["show"]];
