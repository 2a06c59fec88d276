// Handrail's lists, which no other widget has: here its own names are known.
"use strict";
window.lists = (() => {
  const root = document.querySelector("handrail-widget").shadowRoot;
  const all = (selector) => [...root.querySelectorAll(selector)];
  const busy = () => all(".hr-requests[aria-busy]").length > 0;
  const rows = () => all(".hr-row__button");
  const view = () => all(".hr-view")[0];
  return {
    severity: () => all(".hr-severity__choice")[1],
    promise: () => all(".hr-promise").length,
    way: () => all(".hr-nav__item")[1],
    view,
    rows,
    row: () => rows().find((row) => row.getBoundingClientRect().top > view().getBoundingClientRect().top),
    // Something to search for: the longest word of the first row.
    word: () =>
      all(".hr-row__subject")[0]
        .textContent.toLowerCase()
        .match(/[a-z]+/g)
        .reduce((one, other) => (other.length > one.length ? other : one)),
    choices: () => all(".hr-select select")[0],
    search: () => all(".hr-search__field")[0],
    // What the next deed brings, and how long that takes from its last event on.
    expect(kind) {
      let last, asked;
      const types = ["keydown", "click"];
      const note = (event) => (last = event.timeStamp);
      types.forEach((type) => addEventListener(type, note, true));
      const observer = new MutationObserver(() => (asked ||= busy()));
      observer.observe(root, { attributeFilter: ["aria-busy"], subtree: true });
      const there = {
        first: () => rows().length,
        others: () => asked && !busy(),
        thread: () => all(".hr-talk__item").length,
      };
      lists.came = bench.painted(there[kind]).then(({ at }) => {
        types.forEach((type) => removeEventListener(type, note, true));
        observer.disconnect();
        return at - last;
      });
    },
    // Pulls the bar to the end until nothing more comes; how many rows there are then.
    async fill() {
      for (;;) {
        view().scrollTop = view().scrollHeight;
        await new Promise(requestAnimationFrame);
        const size = Number(all(".hr-long__row").at(-1)?.ariaSetSize ?? -1);
        if (size >= 0) return size;
      }
    },
    jump: (share) => (view().scrollTop = view().scrollHeight * share),
  };
})();
