// What is left of a reply's cell, in bytes as they are sealed: a Korean syllable takes three, a quotation mark two. The
// words themselves are never touched; without script the desk says when they are too long.
"use strict";

(() => {
  const utf8 = new TextEncoder();
  const bytes = (text) => utf8.encode(JSON.stringify(text.trim().replace(/\r\n/g, "\n"))).length - 2;

  function follow(area) {
    const line = document.getElementById(area.dataset.counts);
    const count = () => {
      const left = Number(area.dataset.room) - bytes(area.value), over = left < 0;
      const said = over ? line.dataset.over : line.dataset.left;
      const values = { n: Math.abs(left), letters: Math.ceil(Math.abs(left) / 3) - (over || left % 3 === 0 ? 0 : 1) };
      line.textContent = said.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
      line.classList.toggle("over", over);
      area.setCustomValidity(over ? line.textContent : "");
    };
    area.addEventListener("input", count);
    count();
  }

  document.querySelectorAll("textarea[data-counts]").forEach(follow);
})();
