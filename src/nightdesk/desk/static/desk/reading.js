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
})();
