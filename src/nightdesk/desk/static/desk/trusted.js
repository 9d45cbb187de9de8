// The one policy of Trusted Types on this desk; it must be loaded before every other script.
// htmx reads an answer of the desk with DOMParser, which makes a document that runs nothing. Every other
// way from a string to markup or script (innerHTML, insertAdjacentHTML, a script's text or address, eval)
// is refused, by us and by whatever finds its way into a page. A browser without Trusted Types has the
// rest of the Content-Security-Policy.
"use strict";
if (window.trustedTypes) {
  window.trustedTypes.createPolicy("default", {
    createHTML: (html, _type, sink) => (sink === "DOMParser parseFromString" ? html : null),
    createScript: () => null,
    createScriptURL: () => null,
  });
}
