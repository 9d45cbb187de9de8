// How many letters are left of a field with a limit, said near the limit and beyond it. The field itself is never cut:
// what was pasted stays whole, and the desk says the same without script.
"use strict";

(() => {
  const NEAR = 60; // letters left, from which on they are said

  function follow(area) {
    const line = document.getElementById("letters-left");
    const count = () => {
      const left = Number(area.dataset.letters) - [...area.value.trim()].length, over = left < 0;
      line.textContent = left > NEAR ? "" : line.dataset[over ? "over" : "left"].replace("{n}", Math.abs(left));
      line.classList.toggle("over", over);
    };
    area.addEventListener("input", count);
    count();
  }

  document.querySelectorAll("textarea[data-letters]").forEach(follow);
})();
