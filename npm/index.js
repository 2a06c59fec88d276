// Puts the tag into the page and returns the handle as soon as it stands there. Types are in index.d.ts.
// Everything else is in the script that the support server serves, so that it needs no update here.

/** Settles for good or ill with the script. In order, so that a second call finds the first one's handle. */
export function load({ src, nonce, ...options }) {
  const before = window.Handrail;
  if (typeof before?.destroy == "function") return Promise.resolve(before);
  const script = Object.assign(document.createElement("script"), { src, async: false });
  if (nonce) script.nonce = nonce;
  for (const name in options) if (options[name] != null) script.dataset[name] = options[name];
  const loaded = new Promise((resolve, reject) => {
    script.onload = () => resolve(window.Handrail);
    script.onerror = () => reject(new Error(`Handrail: cannot load ${src}`));
  });
  document.head.append(script);
  return loaded.finally(() => script.remove());
}
