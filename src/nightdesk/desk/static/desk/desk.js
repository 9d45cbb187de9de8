// What every screen shares: shortcuts, lists by keyboard, dialogs, textareas that grow.
// Strings come from the page (data- attributes), never from here, so that nothing is left untranslated.
"use strict";

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

function openDialog(id) {
  const dialog = document.getElementById(id);
  if (dialog && !dialog.open) dialog.showModal();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) openDialog(opener.dataset.opens);
  const menu = document.querySelector("details.menu[open]");
  if (menu && !menu.contains(event.target)) menu.open = false;
});

function moveMark(step) {
  const rows = [...document.querySelectorAll("[data-row]")];
  if (!rows.length) return;
  const now = rows.findIndex((row) => row === document.activeElement);
  rows[Math.min(rows.length - 1, Math.max(0, now + step))].focus();
}

function toSearch(event) {
  const field = [...document.querySelectorAll("[data-search]")].find((one) => one.offsetParent);
  const door = document.querySelector(".find-door");
  if (!field && !door) return;
  event.preventDefault(); // the letter must not land in the field
  if (field) { field.focus(); field.select(); } else door.click();
}

// On a Korean keyboard the same key gives a Hangul letter: a shortcut is the key, whichever of the two stands on it.
const LATIN = { "ㅁ": "a", "ㅊ": "c", "ㅎ": "g", "ㅗ": "h", "ㅓ": "j", "ㅏ": "k", "ㅜ": "n", "ㅔ": "p", "ㄴ": "s", "ㅅ": "t", "ㅛ": "y" };
const keyOf = (event) => {
  const key = LATIN[event.key] ?? event.key;
  if (key.length !== 1) return key;
  return event.shiftKey ? key.toUpperCase() : key.toLowerCase(); // with Caps Lock a is no Shift and a
};

let goes = false;
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return; // Hangul is being composed
  if (event.key === "Escape") { document.querySelector("details.menu[open]")?.removeAttribute("open"); return; }
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const key = keyOf(event);
  if (goes) {
    goes = false;
    const stops = [...document.querySelectorAll(".line a")];
    const stop = key === "h" ? document.querySelector(".brand") : stops[Number(key) - 1];
    if (stop) { event.preventDefault(); stop.click(); }
    return;
  }
  if (key === "?") { event.preventDefault(); openDialog("shortcuts"); }
  else if (key === "g") goes = true;
  else if (key === "j") moveMark(1);
  else if (key === "k") moveMark(-1);
  else if (key === "s") toSearch(event);
  else if (key === "/") { const filter = document.querySelector("[data-filter]"); if (filter) { event.preventDefault(); filter.focus(); } }
});

// Forms that would throw work away ask first; the question stands in the page's language.
document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.confirm || event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

// Choosing a language asks for the page anew: what stands in a form that nothing keeps would be gone.
const changed = (field) => {
  if (!field.name || ["hidden", "password", "submit", "button"].includes(field.type)) return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.type === "file") return field.files.length > 0;
  if (!field.options) return field.value !== field.defaultValue;
  const told = [...field.options].some((one) => one.defaultSelected);
  return [...field.options].some((one, at) => one.selected !== (told ? one.defaultSelected : at === 0 && !field.multiple));
};
const unsaved = () => [...document.querySelectorAll("form[method=post]:not([data-typed])")].some((form) => [...form.elements].some(changed));
document.addEventListener("submit", (event) => {
  const question = event.target.dataset.loses;
  if (question && (unsaved() || document.querySelector("form[data-refused]")) && !window.confirm(question)) event.preventDefault();
});

// What takes long is sent once: the button goes dead after the browser has taken its value. Without script the
// desk itself refuses a second answer.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]") || event.defaultPrevented) return;
  if (form.dataset.once === "sent") { event.preventDefault(); return; }
  form.dataset.once = "sent";
  const pressed = event.submitter;
  setTimeout(() => {
    form.querySelectorAll("button").forEach((button) => { button.disabled = true; });
    if (!pressed?.dataset.busy) return;
    pressed.dataset.idle = pressed.textContent;
    pressed.textContent = pressed.dataset.busy;
    pressed.setAttribute("aria-live", "polite");
  });
});
addEventListener("pageshow", (event) => { // Back brings a frozen page: it can be pressed again
  if (!event.persisted) return;
  document.querySelectorAll("[data-once]").forEach((form) => {
    form.dataset.once = "";
    form.querySelectorAll("button").forEach((button) => {
      button.disabled = false;
      if (button.dataset.idle) button.textContent = button.dataset.idle;
    });
  });
});

// A sentence that grows is a textarea and still one line: Enter sends its form as in every other field, and lines
// that are pasted become one. Without script the desk makes them one.
document.addEventListener("keydown", (event) => {
  const area = event.target;
  if (event.key !== "Enter" || event.isComposing || event.keyCode === 229 || !area.matches("textarea[data-line]")) return;
  event.preventDefault();
  if (!event.repeat) area.form.requestSubmit(area.form.querySelector("button.main"));
});
document.addEventListener("paste", (event) => {
  const said = event.clipboardData?.getData("text") ?? "";
  if (!event.target.matches("textarea[data-line]") || !/[\r\n]/.test(said)) return;
  event.preventDefault();
  document.execCommand("insertText", false, said.trim().replace(/\s*[\r\n]+\s*/g, " ")); // so that it can be undone
});

// Browsers without field-sizing grow textareas here.
if (!CSS.supports("field-sizing", "content")) {
  const grow = (area) => { area.style.height = "auto"; area.style.height = `${area.scrollHeight + 2}px`; };
  document.addEventListener("input", (event) => { if (event.target.matches("textarea")) grow(event.target); });
  document.querySelectorAll("textarea").forEach(grow);
}

// A refused form: Back, Forward and reload ask for its page by its address instead of sending the form
// again; the browser puts back what was typed. data-again names that page where the form has an address of
// its own; data-instead names the page for what a form showed once (a half, opened words).
const refused = document.querySelector(".errorlist") && document.querySelector("form[data-again]");
const once = document.querySelector("[data-instead]");
if (refused || once) history.replaceState(history.state, "", (once ? once.dataset.instead : refused.dataset.again) || location.href);

// On a phone the line scrolls sideways: the stop where the member stands comes into view.
// By arithmetic, not scrollIntoView: that would move where the first Tab begins past the skip link.
const stop = document.querySelector(".line a[aria-current]");
const line = stop?.closest(".line");
if (line) line.scrollLeft = stop.offsetLeft - (line.clientWidth - stop.offsetWidth) / 2;
