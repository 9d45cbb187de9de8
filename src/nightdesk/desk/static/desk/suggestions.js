// The queue of suggestions by keyboard: j and k walk (desk.js), y and n choose and go to the reason.
"use strict";

const here = () => document.activeElement?.closest(".suggestion") || document.querySelector(".suggestion");
const asked = { y: "[data-yes]", "ㅛ": "[data-yes]", n: "[data-no]", "ㅜ": "[data-no]" };

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select") || document.querySelector("dialog[open]")) return;
  const card = asked[event.key] && here();
  if (!card) return;
  event.preventDefault();
  card.querySelectorAll("button").forEach((button) => { button.type = button.matches(asked[event.key]) ? "submit" : "button"; });
  card.querySelector("[name=why]").focus(); // Enter then sends what was chosen
});
document.addEventListener("click", (event) => { // a mouse may still press the other
  if (event.target.matches(".suggestion button")) event.target.type = "submit";
}, true);
