// Security keys: asks the browser, puts its answer into the form, sends the form. Codes from an app need none of this.
"use strict";

const bytesOf = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const textOf = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const credentials = (list) => (list ?? []).map((one) => ({ ...one, id: bytesOf(one.id) }));

function asked(options) {
  const publicKey = { ...options, challenge: bytesOf(options.challenge) };
  if (options.user) publicKey.user = { ...options.user, id: bytesOf(options.user.id) };
  if (options.allowCredentials) publicKey.allowCredentials = credentials(options.allowCredentials);
  if (options.excludeCredentials) publicKey.excludeCredentials = credentials(options.excludeCredentials);
  return { publicKey };
}

function answered(credential) {
  const said = credential.response;
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const response = Object.fromEntries(names.filter((name) => said[name]).map((name) => [name, textOf(said[name])]));
  return { id: credential.id, rawId: textOf(credential.rawId), type: credential.type, response,
    clientExtensionResults: credential.getClientExtensionResults() };
}

function say(form, words) {
  const line = form.querySelector(".errorlist") ?? form.appendChild(Object.assign(document.createElement("p"), { className: "errorlist" }));
  line.setAttribute("role", "alert");
  line.textContent = words;
}

async function touch(form) {
  const options = asked(JSON.parse(form.dataset.options));
  const credential = await navigator.credentials[form.dataset.key](options);
  form.elements.answer.value = JSON.stringify(answered(credential));
  form.submit(); // not requestSubmit: the listener below has done its part
}

for (const form of document.querySelectorAll("form[data-key]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    touch(form).catch(() => say(form, form.dataset.failed));
  });
}
