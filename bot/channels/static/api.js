// The two calls to the bot: say something (replies come line by line) and read a conversation.

const SILENCE = 45_000; // milliseconds without a line until a reply counts as lost

/** The bot could not be reached, or the connection broke: worth another try. */
export class UnreachableError extends Error {}

/** The bot understood the request and refused it: another try changes nothing. */
export class RefusedError extends Error {}

/** Sends `message` ({conversation, id, text | payload, title, again}) and yields the bot's messages as they come. */
export async function* send(message) {
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(), SILENCE);
  try {
    const response = await request("/webhooks/web/messages", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(message),
      signal: abort.signal,
    });
    for await (const line of linesOf(response.body)) {
      clearTimeout(timer);
      timer = setTimeout(() => abort.abort(), SILENCE);
      if (line.error) throw new UnreachableError(line.error);
      yield line;
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Every message of a conversation, oldest first. */
export async function history(conversation) {
  const response = await request(`/webhooks/web/conversations/${conversation}`, {
    cache: "no-store",
    signal: AbortSignal.timeout(SILENCE),
  });
  return (await response.json()).messages;
}

async function request(address, options) {
  let response;
  try {
    response = await fetch(address, options);
  } catch (error) {
    throw new UnreachableError("unreachable", { cause: error });
  }
  if (response.ok) return response;
  const reason = await response.json().catch(() => ({}));
  const Kind = response.status >= 400 && response.status < 500 ? RefusedError : UnreachableError;
  throw new Kind(reason.error ?? response.statusText);
}

async function* linesOf(body) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    let chunk;
    try {
      chunk = await reader.read();
    } catch (error) {
      throw new UnreachableError("connection lost", { cause: error });
    }
    if (chunk.done) break;
    const parts = (rest + decoder.decode(chunk.value, { stream: true })).split("\n");
    rest = parts.pop();
    for (const part of parts) if (part) yield JSON.parse(part);
  }
  if (rest) throw new UnreachableError("the reply was cut off");
}
