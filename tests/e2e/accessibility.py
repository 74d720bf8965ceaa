"""A small check of the page against the rules that most often fail: names, alternatives, structure, contrast."""

from __future__ import annotations

from playwright.sync_api import Page

FAULTS = """
() => {
  const faults = [];
  const visible = (node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const name = (node) => (node.getAttribute("aria-label") || node.innerText || "").trim();
  const hidden = (node) => !visible(node) || node.closest("[aria-hidden=true]");
  const exposed = [...document.querySelectorAll("body *")].filter((node) => !hidden(node));

  for (const node of exposed) {
    if (node.matches("button, a, textarea, [role=log], [role=region], [tabindex='0']") && !name(node))
      faults.push(`no name: ${node.outerHTML.slice(0, 80)}`);
    if (node.matches("img") && !node.alt) faults.push(`no alternative: ${node.src}`);
    if (node.matches("button, textarea") && (node.offsetWidth < 24 || node.offsetHeight < 24))
      faults.push(`too small to touch: ${name(node)} ${node.offsetWidth}x${node.offsetHeight}`);
    if (node.matches("ul, ol") && [...node.children].some((child) => child.tagName !== "LI"))
      faults.push(`not a list: ${node.className}`);
  }
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  if (new Set(ids).size !== ids.length) faults.push("an id stands twice");
  if (!document.documentElement.lang) faults.push("the page has no language");
  if (document.querySelectorAll("h1").length !== 1) faults.push("not exactly one h1");
  if (document.querySelectorAll("main").length !== 1) faults.push("not exactly one main");

  const parse = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const over = (top, below) => Object.fromEntries(
    ["r", "g", "b"].map((c) => [c, top[c] * top.a + below[c] * (1 - top.a)]).concat([["a", 1]]));
  const backdrop = (node) => {
    const layers = [];
    for (let n = node; n; n = n.parentElement) {
      const colour = parse(getComputedStyle(n).backgroundColor);
      if (colour.a > 0) layers.push(colour);
      if (colour.a === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), { r: 255, g: 255, b: 255, a: 1 });
  };
  const luminance = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const opacity = (node) => (node ? Number(getComputedStyle(node).opacity) * opacity(node.parentElement) : 1);
  for (const node of exposed) {
    const own = [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
    if (!own || node.closest(".unseen, .skip")) continue;
    const style = getComputedStyle(node);
    const below = backdrop(node);
    const ink = parse(style.color);
    const text = over({ ...ink, a: ink.a * opacity(node) }, below);
    const [light, dark] = [luminance(text), luminance(below)].sort((x, y) => y - x);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) faults.push(`contrast ${ratio.toFixed(2)}: ${node.innerText.slice(0, 40)}`);
  }
  return faults;
}
"""


def faults(page: Page) -> list[str]:
    """What is wrong on the page as it stands (WCAG 2.2 AA for contrast and target size), nothing if all is well."""
    # Entrances fade in; what counts is how the page looks when they are over.
    page.evaluate(
        "Promise.all(document.getAnimations().filter(a => a.effect.getTiming().iterations === 1)"
        ".map(a => a.finished.catch(() => null)))"
    )
    found: list[str] = page.evaluate(FAULTS)
    return found
