// The kinds of bot messages, each as nodes; whatever is unknown falls back to its plain text.

import { cards, money } from "./cards.js";
import { el, languageOf, safeAddress } from "./dom.js";
import { words, wordsIn } from "./words.js";

const LISTED = /^(\s{2,}|\s*(\d{1,2}\s*[.、:)．）]|[-–•*·]\s))/;

/** Nodes for one bot message ({text, custom, image}). `context` is {opinions, press}, see cards. */
export function nodesOf(message, context) {
  const render = KINDS[message.custom?.kind];
  const nodes = render ? render(message, context) : [paragraph(message.text ?? message.custom?.text)];
  const image = safeAddress(message.image);
  if (image) nodes.push(el("img", { class: "photo", src: image, alt: words.picture, loading: "lazy" }));
  return nodes.filter(Boolean);
}

/** Buttons that go below a message, from wherever the bot put them. */
export function repliesOf(message) {
  return message.custom?.quick_replies ?? message.quick_replies ?? message.buttons ?? [];
}

/** The lines of `text` that cards or a table do not repeat: neither list entries nor lines that name an item. */
export function lead(text, items) {
  const repeats = (line) => LISTED.test(line) || items.some((item) => line.includes(item.title));
  return (text ?? "")
    .split("\n")
    .filter((line) => !repeats(line))
    .join("\n")
    .trim();
}

/** What `lead` leaves out, for the people who hear the page. */
export function rest(text, items) {
  const kept = new Set(lead(text, items).split("\n"));
  return (text ?? "")
    .split("\n")
    .filter((line) => !kept.has(line.trim()))
    .join("\n");
}

const KINDS = {
  items: ({ text, custom }, context) => {
    const items = custom.items ?? [];
    if (!items.length) return [paragraph(text)];
    return [paragraph(lead(text, items)), cards({ ...custom, items }, context.opinions, context.press)];
  },
  question: ({ text, custom }) => [paragraph(custom.text ?? text)],
  answer: ({ text, custom }) => [
    el(
      "div",
      { class: "answer" },
      paragraph(custom.text ?? text),
      source(custom),
    ),
  ],
  comparison: ({ text, custom }) => {
    const items = custom.items ?? [];
    return [paragraph(lead(text, items)), comparison(custom, items), paragraph(custom.verdict)];
  },
};

function source(custom) {
  const names = wordsIn(custom.language);
  const name = names.sources[custom.source] ?? custom.source;
  return name ? el("p", { class: "source" }, names.source(name)) : null;
}

function paragraph(text) {
  return text ? el("p", { class: "said", lang: languageOf(text) }, text) : null;
}

// `table` is [{label, values: [one for each item]}]; without it, prices and attributes of the items are compared.
function comparison(custom, items) {
  const names = wordsIn(custom.language);
  const rows = custom.table ?? attributeRows(items, names, custom.language);
  const head = items.map((item) => el("th", { scope: "col" }, item.title));
  const body = rows.map((row) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, row.label ?? row.attribute),
      ...row.values.map((value) => el("td", {}, [value].flat().join(", "))),
    ),
  );
  return el(
    "div",
    { class: "comparison", role: "region", tabindex: "0", "aria-label": names.comparison },
    el("table", {}, el("thead", {}, el("tr", {}, el("td"), ...head)), el("tbody", {}, ...body)),
  );
}

function attributeRows(items, names, language) {
  const attributes = [...new Set(items.flatMap((item) => Object.keys(item.attributes ?? {})))];
  const price = (item) => (item.price == null ? "–" : money(item.price, item.currency, language));
  return [
    ...(items.some((item) => item.price != null) ? [{ label: names.price, values: items.map(price) }] : []),
    ...attributes.map((name) => ({ label: name, values: items.map((item) => item.attributes?.[name] ?? "–") })),
  ];
}
