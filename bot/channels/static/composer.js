// The message box: Enter sends, Shift+Enter breaks the line, and Enter that picks a Chinese word does neither.

import { byId } from "./dom.js";

const KEY_IN_COMPOSITION = 229; // Safari ends the composition before its Enter arrives; the key code still tells

/** Calls `say(text)` for everything the person sends. Returns {focus()}. */
export function composer(say) {
  const form = byId("composer");
  const input = byId("input");
  const button = byId("send");

  const fit = () => {
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight}px`;
    button.classList.toggle("idle", !input.value.trim());
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    input.value = "";
    fit();
    input.focus();
    say(text);
  });
  input.addEventListener("input", fit);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey) return;
    if (event.isComposing || event.keyCode === KEY_IN_COMPOSITION) return;
    event.preventDefault();
    form.requestSubmit();
  });
  fit();
  return { focus: () => input.focus({ preventScroll: true }) };
}
