// The queue of suggestions by keyboard: j and k walk (desk.js), y and n choose and go to the reason.
"use strict";

const here = () => document.activeElement?.closest(".suggestion") || document.querySelector(".suggestion");
const asked = { y: "[data-yes]", n: "[data-no]" };

// The button that Enter presses is the filled one; before anything is chosen Enter presses none.
const choose = (card, chosen) => {
  card.querySelectorAll("button").forEach((button) => {
    button.type = button === chosen ? "submit" : "button";
    button.classList.toggle("main", button === chosen);
    button.setAttribute("aria-pressed", String(button === chosen));
  });
};

document.querySelectorAll(".suggestion").forEach((card) => choose(card, null));
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.target.closest("input, textarea, select")) {
    const card = event.target.closest(".suggestion");
    if (card && event.key === "Escape") card.focus(); // out of the reason
    if (card && event.key === "Enter" && !card.querySelector("button.main")) { // a form without a button sends itself
      event.preventDefault();
      card.querySelector("[data-yes]").focus();
    }
    return;
  }
  const way = asked[keyOf(event)]; // desk.js
  const card = way && here();
  if (!card) return;
  event.preventDefault();
  choose(card, card.querySelector(way));
  card.querySelector("[name=why]").focus(); // Enter then sends what was chosen
});
document.addEventListener("click", (event) => { // a mouse presses whichever it likes
  const button = event.target.closest(".suggestion button");
  if (button) choose(button.closest(".suggestion"), button);
}, true);
