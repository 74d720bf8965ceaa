// The conversation: keeps the order of turns, delivers one message after the other, loses none.

import * as api from "./api.js";
import { markOpinion, opinionIn } from "./cards.js";
import { byId, el, languageOf, safeAddress } from "./dom.js";
import { randomId } from "./memory.js";
import { Turn } from "./turn.js";
import { words, wordsIn } from "./words.js";

const NEAR = 96; // pixels from the end within which the page keeps following the conversation

export class Chat {
  #queue = [];
  #active = null;
  #opinions = new Map();
  #turns = new Map();

  constructor(memory) {
    this.memory = memory;
    this.log = byId("log");
    this.list = byId("turns");
    this.context = {
      opinions: this.#opinions,
      press: (button, item) => this.#press(button, item),
      announce: (text) => (byId("status").textContent = this.loading ? "" : text),
      changed: (turn) => this.#changed(turn),
    };
  }

  /** Shows the conversation that memory has open, as the bot remembers it. */
  async open() {
    const conversation = (this.conversation = this.memory.conversation());
    this.#load(true);
    this.#clear();
    let lines;
    try {
      lines = await api.history(conversation);
    } catch {
      if (conversation !== this.conversation) return;
      this.#trouble(words.unreachable);
      this.#load(false);
      return;
    }
    if (conversation !== this.conversation) return;
    this.#trouble("");
    this.#replay(lines);
    this.#load(false);
    for (const message of this.memory.outbox(conversation)) {
      if (this.#turns.has(message.id)) this.memory.drop(message.id);
      else this.#enqueue(this.#turn(message), true);
    }
    this.#welcome();
    this.#end();
  }

  /** Leaves this conversation for a new one, or for the conversation `id`. */
  renew(id) {
    this.memory.change(id);
    return this.open();
  }

  /** Sends typed text. */
  say(text) {
    this.#send({ text });
  }

  /** Sends a quick reply of the bot. */
  choose(reply) {
    if (reply.payload?.startsWith("/")) this.#send({ payload: reply.payload, title: reply.title });
    else this.#send({ text: reply.payload ?? reply.title });
  }

  #press(button, item) {
    const said = opinionIn(button.payload);
    if (said && this.#opinions.get(said.item) === said.opinion) return;
    const names = wordsIn(languageOf(item.title));
    const title = said ? names[said.opinion](item.title) : names.about(button.title, item.title);
    this.#send({ payload: button.payload, title: title.slice(0, 200) });
  }

  #send(content) {
    const pending = [this.#active, ...this.#queue].filter(Boolean);
    if (content.payload && pending.some((turn) => turn.message.payload === content.payload)) return;
    const message = { conversation: this.conversation, id: randomId(), ...content };
    this.memory.keep(message);
    const turn = this.#turn(message);
    this.#enqueue(turn);
    this.#welcome();
    if (!turn.silent) this.#end();
  }

  #turn(message) {
    const turn = new Turn(message, this.context);
    if (message) this.#turns.set(message.id, turn);
    const said = opinionIn(message?.payload);
    if (said) this.#opine(said.item, said.opinion);
    this.list.append(turn.node);
    this.latest = turn;
    if (!turn.silent) this.#offer([]);
    return turn;
  }

  #enqueue(turn, again = false) {
    turn.again = again;
    this.#queue.push(turn);
    if (!this.#active) this.#deliver();
  }

  async #deliver() {
    const turn = (this.#active = this.#queue.shift());
    if (!turn) return;
    this.#typing(true);
    try {
      const message = turn.again ? { ...turn.message, again: true } : turn.message;
      for await (const line of api.send(message)) {
        if (this.#shows(turn)) turn.add(line);
      }
      turn.flush();
      this.memory.drop(turn.message.id);
      if (this.#shows(turn)) this.#trouble("");
    } catch (error) {
      this.#failed(turn, error);
    }
    this.#active = null;
    this.#typing(this.#queue.length > 0);
    this.#deliver();
  }

  #failed(turn, error) {
    const said = opinionIn(turn.message.payload);
    if (said) this.#opine(said.item, null);
    if (error instanceof api.RefusedError) {
      this.memory.drop(turn.message.id);
      turn.fail(`${words.refused} ${error.message}`, null);
      return;
    }
    if (!(error instanceof api.UnreachableError)) console.error(error);
    turn.fail(words.failed, () => this.#retry(turn));
  }

  #retry(turn) {
    const said = opinionIn(turn.message.payload);
    if (said) this.#opine(said.item, said.opinion);
    turn.restart();
    this.list.append(turn.node); // said now, so it stands last, here as in the bot's own record
    this.latest = turn;
    this.#enqueue(turn, true);
    this.#end();
  }

  // History is there to be read, not to be announced or scrolled through.
  #load(on) {
    this.loading = on;
    this.log.setAttribute("aria-live", on ? "off" : "polite");
  }

  #replay(lines) {
    let turn = null;
    for (const line of lines) {
      if (line.from === "person") {
        turn?.flush();
        turn = this.#turn({ id: line.id, text: line.text, title: line.text, payload: line.payload });
      } else {
        turn ??= this.#turn(null);
        turn.add(line);
      }
    }
    turn?.flush();
  }

  #changed(turn) {
    if (!this.#shows(turn)) return;
    if (turn === this.latest && (turn.quickReplies.length || !turn.silent)) this.#offer(turn.quickReplies);
    if (this.loading) return;
    const { scrollHeight, clientHeight, scrollTop } = this.log;
    const added = turn.replies.lastElementChild?.offsetHeight ?? 0;
    if (!turn.silent || scrollHeight - clientHeight - scrollTop < NEAR + added) this.#end();
  }

  #opine(item, opinion) {
    this.#opinions.set(item, opinion);
    markOpinion(this.list, item, opinion);
  }

  #offer(replies) {
    const box = byId("replies");
    box.hidden = !replies.length;
    const chip = (reply) => {
      const address = safeAddress(reply.url);
      if (address) {
        const link = { class: "chip", href: address, target: "_blank", rel: "noopener noreferrer" };
        return el("a", { ...link, lang: languageOf(reply.title) }, reply.title);
      }
      const choose = () => {
        this.choose(reply);
        this.focus?.();
      };
      return el("button", { type: "button", class: "chip", lang: languageOf(reply.title), onclick: choose }, reply.title);
    };
    box.replaceChildren(...replies.map(chip));
  }

  #typing(on) {
    byId("typing").hidden = !on;
    clearTimeout(this.waiting);
    // Said only when it takes a while; a quick answer speaks for itself.
    if (on) this.waiting = setTimeout(() => (byId("status").textContent = words.typing), 1500);
    else if (byId("status").textContent === words.typing) byId("status").textContent = "";
  }

  #trouble(sentence) {
    byId("trouble-text").textContent = sentence;
    byId("trouble").hidden = !sentence;
  }

  #welcome() {
    const empty = !this.list.childElementCount;
    byId("welcome").hidden = !empty;
    byId("back").hidden = !this.memory.previous();
  }

  #shows(turn) {
    return turn.node.isConnected;
  }

  #clear() {
    this.list.replaceChildren();
    this.#turns.clear();
    this.#opinions.clear();
    this.#queue = [];
    this.#offer([]);
    this.#trouble("");
    byId("status").textContent = "";
    byId("welcome").hidden = true;
  }

  // To the end, but never past the start of the latest turn: a tall reply is read from its top.
  #end() {
    const top = this.latest ? this.latest.node.offsetTop - 16 : 0;
    this.log.scrollTop = Math.min(this.log.scrollHeight - this.log.clientHeight, Math.max(top, 0));
  }
}
