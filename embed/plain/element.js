/* Elements as the widget makes them (`src/ui/node.rs`): every class is also the part by which a host may style it. */
const named = (element, name) => {
  if (name) for (const attribute of ["class", "part"]) element.setAttribute(attribute, name);
  return element;
};

export const el = (tag, name, properties, ...children) => {
  const element = named(document.createElement(tag), name);
  for (const [key, value] of Object.entries(properties || {}))
    key in element ? (element[key] = value) : element.setAttribute(key, value);
  element.append(...children);
  return element;
};

/* A picture: the path of an icon of the widget. */
export const icon = (d) => {
  const svg = (tag, name, attributes) => {
    const element = named(document.createElementNS("http://www.w3.org/2000/svg", tag), name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const picture = svg("svg", "hr-icon", { viewBox: "0 0 24 24", "aria-hidden": true });
  picture.append(svg("path", "", { d }));
  return picture;
};
