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
  if (form) noted(form, event.detail.xhr.status);
});

// A refused save: its words stay where they are, the page is not left without asking, and the next save is
// sent with the token of whoever has signed in meanwhile, in this tab or in another.
function noted(form, status) {
  if (status >= 200 && status < 300) delete form.dataset.dirty;
  if ((status >= 200 && status < 300) || status === 409) delete form.dataset.refused; // 409: kept, and said below
  else { form.dataset.refused = status; form.dataset.dirty = "yes"; }
}
const placeOf = (form) => form.querySelector("#under-heading") || document.getElementById(form.querySelector("textarea").getAttribute("aria-describedby"));
function refuse(form, html) {
  const said = new DOMParser().parseFromString(html, "text/html").querySelector(".notice");
  const plain = Object.assign(document.createElement("p"), { className: "notice error", textContent: document.getElementById("main").dataset.unsent });
  if (!said) plain.setAttribute("role", "alert");
  placeOf(form)?.replaceChildren(said || plain);
}
document.addEventListener("htmx:sendError", (event) => { const form = typedForm(event.detail.elt); if (form) refuse(form, ""); });
const refusedForms = () => document.querySelectorAll("form[data-typed][data-refused][data-dirty]");
window.addEventListener("beforeunload", (event) => {
  if (document.getElementById("main").closest("[hidden]")) return; // three Esc: nothing may ask before the desk is locked
  if (refusedForms().length) event.preventDefault();
});

async function freshToken() {
  const page = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!page || !page.ok || page.redirected) return; // still signed out: the desk says so again
  const found = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[name=csrfmiddlewaretoken]");
  if (!found) return;
  document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = found.value; });
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": found.value }));
}
document.addEventListener("htmx:confirm", (event) => {
  const form = typedForm(event.detail.elt);
  if (!form?.dataset.refused) return;
  event.preventDefault();
  freshToken().then(() => event.detail.issueRequest(true));
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
const keep = async (form) => { // whether it is kept: a page that goes away does not wait to hear
  delete form.dataset.dirty;
  const sent = { method: "POST", body: new FormData(form), keepalive: true, headers: { "HX-Request": "true" } };
  const answer = await fetch(form.dataset.autosave, sent).catch(() => null);
  const status = answer && !answer.redirected ? answer.status : 0;
  noted(form, status);
  if (form.dataset.refused) refuse(form, status ? await answer.text() : "");
  return !form.dataset.refused;
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
  const ready = dirty.some((one) => one.dataset.refused) ? freshToken() : Promise.resolve();
  ready.then(() => Promise.all(dirty.map(keep))).then((kept) => {
    if (kept.includes(false)) { dirty[kept.indexOf(false)].scrollIntoView({ block: "center" }); return; } // not left: its words would be lost
    if (pressed && pressed.name) {
      const said = document.createElement("input");
      Object.assign(said, { type: "hidden", name: pressed.name, value: pressed.value });
      form.append(said);
    }
    form.submit();
  });
});
window.addEventListener("pagehide", () => unkept(null).forEach(keep));
