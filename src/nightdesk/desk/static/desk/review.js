// The review by keyboard: n and p, or j and k, step through findings, a takes the first offer, A takes it
// wherever the same words stand, t ticks the others of the class,
// K goes to the reason, Ctrl and Enter send it; h goes to the day to hold the story until, f to the first translation
// of older words, c to the button that clears: those three are pressed by themselves.
"use strict";

let toDay = false; // somebody pressed h: what comes has the day to hold the story until

document.addEventListener("keydown", (event) => {
  const sends = (event.ctrlKey || event.metaKey) && event.key === "Enter" && !event.isComposing && !event.repeat;
  if (!sends || !event.target.matches("[data-reason]")) return;
  event.preventDefault();
  event.target.form.requestSubmit(event.target.form.querySelector("button:not([type])"));
});

// A reason that the desk would refuse (review/actions.py) is said beside it: the page stays, with what was ticked.
document.addEventListener("input", ({ target: area }) => {
  if (!area.matches("[data-few]")) return;
  const words = area.value.trim().split(/\s+/);
  area.setCustomValidity(area.value.trim() && words.length < 3 && words.join(" ").length < 12 ? area.dataset.few : "");
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return; // Hangul is being composed
  if (event.defaultPrevented) return; // g h leads to the first screen
  if (event.target.closest("input, textarea, select") || document.querySelector("dialog[open]")) return;
  const press = (selector) => document.querySelector(selector)?.click();
  const key = keyOf(event); // desk.js
  if (key === "n" || key === "j") press("[data-next]"); // j and k as in every list: desk.js marks rows of which the review has none
  else if (key === "p" || key === "k") press("[data-previous]");
  else if (event.repeat && key.toLowerCase() === "a") return; // a key held down would take offers nobody has read
  else if (key === "a") press("[data-first-offer] button:not([name])");
  else if (key === "A") press("[data-first-offer] [data-everywhere]");
  else if (key === "K") {
    const reason = document.querySelector("[data-reason]");
    if (reason) { event.preventDefault(); reason.focus(); }
  } else if (key === "t") {
    const alike = document.querySelector("details.alike");
    if (alike) { alike.open = true; alike.querySelector("[data-tick-all]").click(); }
  } else if (key === "h") {
    const day = document.querySelector("[data-hold]");
    event.preventDefault();
    if (day) day.focus();
    else { toDay = true; press("[data-to-wait]"); } // the finding about waiting first, or the page of its releases
  } else if (key === "f") document.querySelector("form.stale button")?.focus();
  else if (key === "c") document.querySelector(".clearing button.main")?.focus();
});

document.addEventListener("htmx:afterSettle", () => {
  if (toDay) document.querySelector("[data-hold]")?.focus();
  toDay = false;
});

document.addEventListener("click", (event) => {
  const all = event.target.closest("[data-tick-all]");
  if (all) for (const box of all.parentElement.querySelectorAll("input[type=checkbox]")) box.checked = true;
});
const showTickAll = () => { for (const all of document.querySelectorAll("[data-tick-all]")) all.hidden = false; };
showTickAll();
document.addEventListener("htmx:afterSettle", showTickAll);

// Where the finding stands below the text, stepping to another one brings it into sight.
document.addEventListener("htmx:afterSettle", () => {
  const finding = document.getElementById("finding");
  if (finding && finding.getBoundingClientRect().top > window.innerHeight - 120) finding.scrollIntoView({ block: "start" });
});
