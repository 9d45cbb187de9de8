// Marked words become a claim, or the place where another event starts, or are corrected. Offsets are code points of
// the report, as everywhere in the desk; without this script the sentences below the words do the same.
"use strict";

(() => {
  // Code points of the words before (node, offset). Notes of marks are drawn by CSS and are not text.
  function before(words, node, offset) {
    const range = document.createRange();
    range.selectNodeContents(words);
    range.setEnd(node, offset);
    return [...range.toString()].length;
  }

  function marked() {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const node = range.commonAncestorContainer;
    const words = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-words]");
    if (!words) return null;
    const base = Number(words.dataset.start);
    return {
      words,
      start: base + before(words, range.startContainer, range.startOffset),
      end: base + before(words, range.endContainer, range.endOffset),
    };
  }

  function show() {
    const found = marked();
    document.querySelectorAll("[data-claim], [data-split], [data-teach]").forEach((form) => {
      form.hidden = !found || form.closest("section") !== found.words.closest("section");
    });
    if (!found) return;
    const section = found.words.closest("section");
    const claim = section.querySelector("[data-claim]");
    claim.elements.start.value = found.start;
    claim.elements.end.value = found.end;
    const teach = section.querySelector("[data-teach]");
    teach.elements.start.value = found.start;
    teach.elements.end.value = found.end;
    const split = section.querySelector("[data-split]");
    split.elements.at.value = found.start;
    split.hidden = found.start <= Number(found.words.dataset.start);
  }

  // A click on a tool must not lose the selection before the form is sent.
  document.querySelectorAll("[data-tools]").forEach((tools) => tools.addEventListener("mousedown", (event) => event.preventDefault()));
  document.addEventListener("selectionchange", show);
  // t: the marked words, else the stretch that has the focus or the pointer.
  document.addEventListener("keydown", (event) => {
    if (keyOf(event) !== "t" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, dialog[open]")) return;
    const open = document.querySelector("[data-teach]:not([hidden])");
    const mark = document.activeElement?.closest("[data-mark]") ?? document.querySelector("[data-mark]:hover");
    const way = open ? null : mark && document.querySelector(`[data-teach-mark="${mark.dataset.mark}"]`);
    if (!open && !way) return;
    event.preventDefault();
    if (open) open.requestSubmit(); else way.click();
  });
  // c: a claim from the marked words; without a mark, which the keyboard cannot make, to the sentences.
  document.addEventListener("keydown", (event) => {
    if (keyOf(event) !== "c" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, dialog[open]")) return;
    const open = document.querySelector("[data-claim]:not([hidden])");
    const list = document.querySelector(".by-sentence");
    if (!open && !list) return;
    event.preventDefault();
    if (open) { open.requestSubmit(); return; }
    list.open = true;
    list.querySelector("input[type=radio]").focus();
  });
})();
