/* Elements as the widget makes them (`src/ui/node.rs`): every class is also the part by which a host may style it. */
export const el = (tag, name, properties, ...children) => {
  const element = document.createElement(tag);
  if (name) {
    element.className = name;
    element.part = name;
  }
  for (const key in properties)
    key in element ? (element[key] = properties[key]) : element.setAttribute(key, properties[key]);
  element.append(...children);
  return element;
};

/* A picture: the path of an icon of the widget. */
export const icon = (d) => {
  const svg = (tag, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    return element;
  };
  const picture = svg("svg", { class: "hr-icon", part: "hr-icon", viewBox: "0 0 24 24", "aria-hidden": true });
  picture.append(svg("path", { d }));
  return picture;
};
