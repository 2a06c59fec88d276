/*
 * The elements of the plain form for the Wasm, which goes on with them: by tag and classes, each sort in the order of the
 * page (`src/ui/standing.rs`). A person may be writing in one of them, so none is moved that stands where it shall.
 */
export const standing = (panel) => {
  const sorts = {}; // Those that were not taken yet.
  const last = new Map(); // What was put into a parent last.
  for (const element of [panel, ...panel.querySelectorAll("*")]) {
    // What they did is done by the Wasm from now on; their words are its own.
    for (const name of ["input", "change", "click", "submit", "cancel", "keydown"]) element["on" + name] = null;
    for (const child of [...element.childNodes]) if (child.nodeType == 3) child.remove();
    const sort = element.getAttribute("class");
    if (sort) (sorts[element.localName + sort] ||= []).push(element);
    else element.remove();
  }
  return {
    take: (tag, sort) => sorts[tag + sort]?.shift(),
    put(parent, child) {
      const node = child.nodeType ? child : new Text(child);
      const next = last.has(parent) ? last.get(parent).nextSibling : parent.firstChild;
      if (node != next) parent.insertBefore(node, next);
      last.set(parent, node);
    },
    /* What the widget does not have goes. */
    sweep() {
      for (const left of Object.values(sorts).flat()) left.remove();
    },
  };
};
