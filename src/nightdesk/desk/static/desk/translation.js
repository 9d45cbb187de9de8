// The term under the cursor: in the source by pointer or focus, in the rendering where the caret stands.
"use strict";

function showTerm(pair, key) {
  pair.querySelectorAll("[data-term]").forEach((one) => one.classList.toggle("here", one.dataset.term === key));
}

for (const kind of ["mouseover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    const term = event.target.closest?.(".said [data-term]");
    if (term) showTerm(term.closest(".rendering"), term.dataset.term);
  });
}

document.addEventListener("selectionchange", () => {
  const area = document.activeElement;
  const pair = area?.closest?.(".rendering");
  if (!pair || area.tagName !== "TEXTAREA") return;
  const said = area.value.toLowerCase();
  const caret = area.selectionStart;
  const word = area.lang === "ko" ? "ko" : "en";
  const here = [...pair.querySelectorAll(".terms [data-term]")].find((term) => {
    const want = term.dataset[word].toLowerCase();
    for (let at = said.indexOf(want); at >= 0; at = said.indexOf(want, at + 1)) if (at <= caret && caret <= at + want.length) return true;
    return false;
  });
  showTerm(pair, here ? here.dataset.term : "");
});
