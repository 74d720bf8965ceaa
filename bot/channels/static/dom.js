// Small helpers for building the page. Text reaches the document as text only; nothing here parses HTML.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes, listeners (`onclick: f`) and children (nodes, or strings that become text). */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** A line drawing in a 20 × 20 box, hidden from screen readers. */
export function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

export const byId = (id) => document.getElementById(id);

/** "zh" when a text has Chinese characters, else "en": the voice a screen reader should use. */
export const languageOf = (text) => (/[\u3400-\u9fff]/.test(text) ? "zh" : "en");

/** `address` when a browser may safely follow it (http, https or this site), else null. */
export function safeAddress(address) {
  if (!address) return null;
  try {
    return ["http:", "https:"].includes(new URL(address, location.href).protocol) ? address : null;
  } catch {
    return null;
  }
}
