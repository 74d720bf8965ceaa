// One turn of the conversation: what the person sent, and what the bot replied to it, in that order whatever happens.

import { opinionIn } from "./cards.js";
import { el, languageOf } from "./dom.js";
import { nodesOf, repliesOf, rest } from "./kinds.js";
import { words } from "./words.js";

const TOGETHER = 150; // milliseconds in which cards may follow the text that describes them

const nameOf = (reply) => reply.url ?? reply.payload ?? reply.title;

export class Turn {
  #held = null;
  #timer = 0;

  /**
   * `message` is what the person sent, or null for a greeting of the bot. `context` is
   * {opinions, press, announce(text), changed(turn)}.
   */
  constructor(message, context) {
    this.message = message;
    this.context = context;
    this.quickReplies = [];
    this.silent = Boolean(opinionIn(message?.payload)); // the card shows it; a bubble would only say it twice
    this.note = el("p", { class: "note" });
    this.replies = el("div", { class: "replies" });
    this.node = el("li", { class: this.silent ? "turn silent" : "turn" });
    if (message) {
      this.node.append(el("p", { class: "mine", lang: languageOf(message.title ?? message.text) }, message.title ?? message.text));
    }
    this.node.append(this.note, this.replies);
  }

  /** Shows one bot message. A text waits a moment, because cards that follow it replace its list. */
  add(line) {
    if (this.#held && line.custom && !line.text) {
      const text = this.#held;
      this.#drop();
      this.#show({ ...text, ...line, text: text.text });
      return;
    }
    this.flush();
    if (line.text && !line.custom) {
      this.#held = line;
      this.#timer = setTimeout(() => this.flush(), TOGETHER);
    } else {
      this.#show(line);
    }
  }

  /** Shows a text that still waits. */
  flush() {
    const line = this.#held;
    this.#drop();
    if (line) this.#show(line);
  }

  /** Says that the message did not arrive; `retry` is called by the button, null hides it. */
  fail(sentence, retry) {
    this.flush();
    this.node.classList.add("failed");
    this.note.replaceChildren(sentence, " ");
    if (retry) this.note.append(el("button", { type: "button", class: "link", onclick: retry }, words.retry));
    this.context.changed(this);
  }

  /** Forgets a failed attempt and its half of a reply. */
  restart() {
    this.#drop();
    this.node.classList.remove("failed");
    this.note.replaceChildren();
    this.replies.replaceChildren();
    this.quickReplies = [];
  }

  #drop() {
    clearTimeout(this.#timer);
    this.#held = null;
  }

  #show(line) {
    const nodes = nodesOf(line, this.context);
    if (!nodes.length) return;
    const language = line.custom?.language;
    this.replies.append(el("div", { class: "reply", lang: language === "zh" ? "zh" : language }, ...nodes));
    const items = line.custom?.items ?? [];
    if (items.length) this.context.announce(rest(line.text, items));
    const replies = repliesOf(line);
    // A question below a list comes with its answers, which stand before what one can do with the list.
    const known = new Set(replies.map(nameOf));
    if (replies.length) this.quickReplies = [...replies, ...this.quickReplies.filter((reply) => !known.has(nameOf(reply)))];
    this.context.changed(this);
  }
}
