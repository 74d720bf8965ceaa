// Puts the page together.

import { Chat } from "./chat.js";
import { composer } from "./composer.js";
import { byId, el, languageOf } from "./dom.js";
import { Memory } from "./memory.js";
import { translate, words } from "./words.js";

translate(document);
const memory = new Memory();
const chat = new Chat(memory);
const box = composer((text) => chat.say(text));

// On touch screens focus would open the keyboard over what was just said.
const focus = () => matchMedia("(hover: hover)").matches && box.focus();
chat.focus = focus;

const example = (text) => {
  const say = () => {
    chat.say(text);
    focus();
  };
  return el("li", {}, el("button", { type: "button", class: "chip", lang: languageOf(text), onclick: say }, text));
};
byId("examples").append(...words.examples.map(example));
byId("new").addEventListener("click", () => chat.renew().then(focus));
byId("back").addEventListener("click", () => chat.renew(memory.previous()).then(focus));
byId("reconnect").addEventListener("click", () => chat.open());

focus();
await chat.open();
document.documentElement.dataset.ready = "true"; // tests wait for this, and nothing else does
