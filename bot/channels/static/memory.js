// What this browser remembers: which conversation is open, and messages that are not known to have arrived.

const CONVERSATION = "parley.conversation";
const PREVIOUS = "parley.previous";
const OUTBOX = "parley.outbox";

/** 128 random bits as 32 hexadecimal digits. (randomUUID has 122, and is missing on plain-http addresses.) */
export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** localStorage where the browser allows it, else memory that lasts as long as the page. */
export class Memory {
  #fallback = new Map();

  conversation() {
    let id = this.#get(CONVERSATION);
    if (!/^[0-9a-f]{32}$/.test(id ?? "")) this.#set(CONVERSATION, (id = randomId()));
    return id;
  }

  previous() {
    return this.#get(PREVIOUS);
  }

  /** Opens a new conversation, or `id` again; the one that was open becomes the previous one. */
  change(id = randomId()) {
    this.#set(PREVIOUS, this.conversation());
    this.#set(CONVERSATION, id);
  }

  /** Messages of a conversation that are not known to have arrived, oldest first. */
  outbox(conversation) {
    return this.#outbox().filter((message) => message.conversation === conversation);
  }

  keep(message) {
    this.#set(OUTBOX, JSON.stringify([...this.#outbox().filter((other) => other.id !== message.id), message]));
  }

  drop(id) {
    this.#set(OUTBOX, JSON.stringify(this.#outbox().filter((message) => message.id !== id)));
  }

  #outbox() {
    try {
      return JSON.parse(this.#get(OUTBOX) ?? "[]");
    } catch {
      return [];
    }
  }

  #get(key) {
    try {
      return localStorage.getItem(key) ?? this.#fallback.get(key) ?? null;
    } catch {
      return this.#fallback.get(key) ?? null;
    }
  }

  #set(key, value) {
    this.#fallback.set(key, value);
    try {
      localStorage.setItem(key, value);
    } catch {
      // Private windows and full disks: the page still works until it is closed.
    }
  }
}
