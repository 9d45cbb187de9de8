// What is read in a paragraph while it is typed stands below it, in a part of its own: the textarea is never touched.
// While a syllable is composed nothing is asked and nothing changes; an answer for older words is dropped. A part that
// somebody has closed stays closed on this page, and asks nothing.
"use strict";

(() => {
  const PAUSE = 60; // milliseconds without a key: an answer comes back before the next Hangul word begins
  let wanted = true;

  const sent = (area) => new URLSearchParams({
    csrfmiddlewaretoken: area.form.elements.csrfmiddlewaretoken.value,
    paragraph: area.form.elements.paragraph?.value ?? "", // a headline and a summary are of none
    part: area.id,
    text: area.value,
  });

  // The answer's markup, or null: none came, or it was a refusal. A request that was called off is neither.
  async function ask(door, area, signal) {
    const said = { method: "POST", body: sent(area), headers: { "HX-Request": "true" }, signal };
    try {
      const answer = await fetch(door, said);
      return answer.ok && !answer.redirected ? await answer.text() : null;
    } catch {
      return null;
    }
  }

  function show(part, html) {
    const place = part.querySelector("[data-read]");
    const open = place.querySelector("details")?.open; // somebody reads the list while writing
    place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    if (open) place.querySelector("details")?.setAttribute("open", "");
  }

  // Said once: a status that does not change is not read aloud again.
  function say(part, silent) {
    const words = silent ? part.dataset.silent : "";
    const status = part.querySelector("[role=status]");
    if (status.textContent !== words) status.textContent = words;
    part.classList.toggle("old", silent);
  }

  function follow(part) {
    const area = document.getElementById(part.dataset.reads);
    const details = part.querySelector("details");
    let timer = 0, composing = false, asked = null, read = null;

    const stop = () => { clearTimeout(timer); asked?.abort(); };
    const later = () => { stop(); if (!composing && (details.open || wanted)) timer = setTimeout(now, PAUSE); };
    async function now() {
      const words = area.value;
      const mine = asked = new AbortController();
      const html = await ask(part.dataset.door, area, mine.signal);
      if (mine.signal.aborted || area.value !== words) return; // a newer question is asked, or will be
      say(part, html === null);
      if (html === null) return;
      read = words;
      show(part, html);
      if (wanted && part.querySelector("mark")) details.open = true;
    }

    area.addEventListener("compositionstart", () => { composing = true; stop(); });
    area.addEventListener("compositionend", () => { composing = false; later(); });
    area.addEventListener("input", later);
    details.firstElementChild.addEventListener("click", () => { wanted = !details.open; });
    details.addEventListener("toggle", () => { if (details.open && read !== area.value) later(); });
  }

  document.querySelectorAll("[data-reads]").forEach(follow);

  // Correcting a span: its words with the text that was read go to a form, after story.js has kept what is typed.
  let composing = false;
  document.addEventListener("compositionstart", () => { composing = true; });
  document.addEventListener("compositionend", () => { composing = false; });

  function correct(words, start, end) {
    const form = document.querySelector("form[data-correct]");
    if (!form || !words || composing || start >= end) return false;
    Object.assign(form.elements.text, { value: words.textContent });
    form.elements.start.value = start;
    form.elements.end.value = end;
    form.requestSubmit();
    return true;
  }

  // Code points of the words before a point of the selection; notes of marks are drawn by CSS and are no text.
  function before(words, node, offset) {
    const range = document.createRange();
    range.selectNodeContents(words);
    range.setEnd(node, offset);
    return [...range.toString()].length;
  }

  // The marked words of what was read, else the stretch that has the focus or the pointer.
  function meant() {
    const selection = document.getSelection();
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const within = range?.commonAncestorContainer;
    const words = (within?.nodeType === Node.TEXT_NODE ? within.parentElement : within)?.closest?.(".reading .words");
    if (words) return [words, before(words, range.startContainer, range.startOffset), before(words, range.endContainer, range.endOffset)];
    const mark = document.activeElement?.closest(".reading mark[data-start]") ?? document.querySelector(".reading mark[data-start]:hover");
    return mark ? [mark.closest(".words"), Number(mark.dataset.start), Number(mark.dataset.end)] : null;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".reading button[data-start]");
    if (button) correct(button.closest("[data-read]").querySelector(".words"), Number(button.dataset.start), Number(button.dataset.end));
  });
  document.addEventListener("keydown", (event) => {
    if (keyOf(event) !== "t" || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, dialog[open]")) return;
    const found = meant();
    if (found && correct(...found)) event.preventDefault();
  });
})();
