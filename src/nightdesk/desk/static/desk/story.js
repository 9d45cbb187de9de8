// Typing is never lost: Ctrl+S, sums at the cursor, a stale tab that keeps its words read-only, and
// every unsaved textarea kept before the page leaves. Works over forms that need none of it.
"use strict";

const typedForm = (element) => element.closest("form[data-typed]");
let lastTyped = null;

// Insert a sum's chip where the cursor is, and let autosave notice.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-chip]");
  if (!button) return;
  const area = document.getElementById(button.dataset.into);
  if (!area || area.readOnly) return;
  const untouched = document.activeElement !== area && !area.selectionStart;
  area.focus();
  if (untouched) area.setSelectionRange(area.value.length, area.value.length);
  area.setRangeText(button.dataset.chip, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("input", (event) => {
  const form = typedForm(event.target);
  if (form) { form.dataset.dirty = "yes"; lastTyped = form; }
});

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s" || event.isComposing) return;
  const form = typedForm(event.target) || lastTyped;
  if (!form) return;
  event.preventDefault();
  if (!form.querySelector("textarea[readonly]")) form.requestSubmit();
});

// What came back stands under the textarea. The textarea itself is never swapped: Hangul may be in composition.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = typedForm(event.detail.elt);
  if (form && event.detail.successful) delete form.dataset.dirty;
});
document.addEventListener("htmx:afterSettle", () => {
  document.querySelectorAll(".under[data-stale]").forEach((under) => {
    const area = document.getElementById(under.dataset.for);
    if (!area) return;
    area.readOnly = true;
    area.form.querySelectorAll("[data-saves]").forEach((button) => { button.disabled = true; });
  });
});

// Before another form takes the page away, what is typed and not yet kept is kept.
const keep = (form) => {
  delete form.dataset.dirty;
  const kept = fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), keepalive: true });
  return kept.catch(() => { form.dataset.dirty = "yes"; });
};
const unkept = (except) => [...document.querySelectorAll("form[data-typed][data-dirty]")].filter((form) => form !== except);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.hasAttribute("hx-post") || form.method === "dialog") return;
  delete form.dataset.dirty;
  const own = form.closest(".under") ? document.getElementById(form.closest(".under").dataset.for)?.form : form.closest(".heading")?.querySelector("form[data-typed]");
  if (own) delete own.dataset.dirty; // this form decides about these words: they are not kept once more
  const dirty = unkept(form);
  if (!dirty.length) return;
  event.preventDefault();
  const pressed = event.submitter;
  Promise.all(dirty.map(keep)).then(() => {
    if (pressed && pressed.name) {
      const said = document.createElement("input");
      Object.assign(said, { type: "hidden", name: pressed.name, value: pressed.value });
      form.append(said);
    }
    form.submit();
  });
});
window.addEventListener("pagehide", () => unkept(null).forEach(keep));
