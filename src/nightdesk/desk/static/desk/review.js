// The review by keyboard: n and p step through findings, a takes the first offer, K goes to the reason.
"use strict";

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return; // Hangul is being composed
  if (event.target.closest("input, textarea, select") || document.querySelector("dialog[open]")) return;
  const press = (selector) => document.querySelector(selector)?.click();
  const key = keyOf(event); // desk.js
  if (key === "n") press("[data-next]");
  else if (key === "p") press("[data-previous]");
  else if (key === "a") press("[data-first-offer] button:not([name])");
  else if (key === "K") {
    const reason = document.querySelector("[data-reason]");
    if (reason) { event.preventDefault(); reason.focus(); }
  }
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
