// Items as cards in a row: picture, title, price, reasons, and what one can do with them.

import { el, icon, safeAddress } from "./dom.js";
import { wordsIn } from "./words.js";

const ICONS = {
  like: "M6 9v8H3V9zM6 9l4-7c1.400 0 2.200 1 2 2.400L11.500 8H16c1 0 1.700.900 1.500 1.900l-1.200 5.600c-.200.900-.900 1.500-1.800 1.500H6",
  dislike: "M14 11V3h3v8zM14 11l-4 7c-1.400 0-2.200-1-2-2.400L8.500 12H4c-1 0-1.700-.900-1.500-1.900l1.200-5.600C3.900 3.600 4.600 3 5.500 3H14",
};
const STEP = { left: "M12 4 6 10l6 6", right: "M8 4l6 6-6 6" };

/** What a payload says about an item: {opinion: "like" | "dislike", item}, or null when it says something else. */
export function opinionIn(payload) {
  const match = /^\/(like|dislike)_item(\{.*\})$/.exec(payload ?? "");
  if (!match) return null;
  try {
    return { opinion: match[1], item: JSON.parse(match[2]).item_id };
  } catch {
    return null;
  }
}

/** "¥399", "$49.50": cents only where there are any. */
export function money(amount, currency, language) {
  const digits = Number.isInteger(amount) ? 0 : 2;
  try {
    return new Intl.NumberFormat(language, {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(amount);
  } catch {
    return `${currency ?? ""} ${amount}`.trim(); // a code that is no ISO 4217 currency
  }
}

/**
 * The cards of an "items" message. `press(button, item)` is called for every button;
 * `opinions` maps item ids to "like" or "dislike".
 */
export function cards(message, opinions, press) {
  const words = wordsIn(message.language);
  const list = el("ul", {
    class: "cards",
    role: "list",
    tabindex: "0",
    "aria-live": "off", // the text that comes with the cards has been announced already
    "aria-label": words.suggestions(message.items.length),
    onkeydown: moveByArrow,
  });
  list.append(...message.items.map((item) => el("li", {}, card(item, message.language, opinions.get(item.id), press))));
  const rail = el("div", { class: "rail" }, step(list, -1), list, step(list, 1));
  const update = () => markEnds(rail, list);
  list.addEventListener("scroll", update, { passive: true });
  new ResizeObserver(update).observe(list);
  return rail;
}

/** Shows an opinion on every card of that item. */
export function markOpinion(root, item, opinion) {
  for (const card of root.querySelectorAll(`[data-item="${CSS.escape(item)}"]`)) {
    card.dataset.opinion = opinion ?? "";
    for (const button of card.querySelectorAll("[aria-pressed]")) {
      button.setAttribute("aria-pressed", String(button.dataset.opinion === opinion));
    }
    card.querySelector(".noted").hidden = !opinion;
  }
}

function card(item, language, opinion, press) {
  const words = wordsIn(language);
  const address = safeAddress(item.url);
  const title = address
    ? el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, item.title)
    : item.title;
  const reasons = (item.reasons ?? []).map((reason) => el("li", {}, reason.text));
  const node = el(
    "article",
    { class: "card", "data-item": item.id, "data-opinion": "", "aria-label": item.title },
    picture(item, language),
    el(
      "div",
      { class: "about" },
      el("h2", { class: "title" }, title),
      item.price == null ? null : el("p", { class: "price" }, money(item.price, item.currency, language)),
      reasons.length ? el("ul", { class: "reasons", role: "list" }, ...reasons) : null,
    ),
    el(
      "div",
      { class: "actions" },
      ...(item.buttons ?? []).map((button) => action(button, item, words, press)),
      el("span", { class: "noted", hidden: true }, words.noted),
    ),
  );
  const holder = el("div", {}, node);
  markOpinion(holder, item.id, opinion);
  return node;
}

function picture(item, language) {
  const address = safeAddress(item.image);
  const frame = el("div", { class: "picture" });
  if (!address) return frame;
  const image = el("img", { src: address, alt: alternative(item, language), loading: "lazy", width: 480, height: 480 });
  image.addEventListener("error", () => frame.replaceChildren(el("span", { class: "missing" }, item.title)));
  frame.append(image);
  return frame;
}

// Canonical attribute values are English, so a Chinese listener gets the title, which names the same things.
function alternative(item, language) {
  if (language === "zh") return item.title;
  const values = Object.values(item.attributes ?? {}).flat().filter((value) => typeof value === "string");
  const fresh = values.filter((value) => !item.title.toLowerCase().includes(value.toLowerCase()));
  return [item.title, ...fresh.slice(0, 4)].join(", ");
}

function action(button, item, words, press) {
  const said = opinionIn(button.payload);
  if (!said) {
    const name = words.about(button.title, item.title);
    return el("button", { type: "button", class: "more", "aria-label": name, onclick: () => press(button, item) }, button.title);
  }
  return el(
    "button",
    {
      type: "button",
      class: "opinion",
      "data-opinion": said.opinion,
      "aria-pressed": "false",
      "aria-label": words[said.opinion](item.title),
      title: button.title,
      onclick: () => press(button, item),
    },
    icon(ICONS[said.opinion]),
  );
}

// Mouse users without a sideways wheel; the keyboard has its arrow keys, so these stay out of its way.
function step(list, direction) {
  const name = direction < 0 ? "left" : "right";
  return el(
    "button",
    { type: "button", class: `step ${name}`, tabindex: "-1", "aria-hidden": "true", onclick: () => scrollBy(list, direction) },
    icon(STEP[name]),
  );
}

function scrollBy(list, direction) {
  const [first, second] = list.children;
  const width = second ? second.offsetLeft - first.offsetLeft : list.clientWidth;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  list.scrollBy({ left: direction * width, behavior: still ? "auto" : "smooth" });
}

function moveByArrow(event) {
  const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!direction) return;
  event.preventDefault();
  const list = event.currentTarget;
  const from = event.target.closest("li");
  const to = direction < 0 ? from?.previousElementSibling : from?.nextElementSibling;
  if (from && list.contains(from) && from.parentElement === list) {
    const place = [...from.querySelectorAll("button, a")].indexOf(event.target);
    to?.querySelectorAll("button, a")[place]?.focus();
    return;
  }
  scrollBy(list, direction);
}

function markEnds(rail, list) {
  const rest = list.scrollWidth - list.clientWidth;
  rail.classList.toggle("at-start", list.scrollLeft < 4);
  rail.classList.toggle("at-end", list.scrollLeft > rest - 4);
}
