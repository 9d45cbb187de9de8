// The sealing page: type, seal, post, wipe. Text stays in the field until the drop holds it.
import { SIZES, capacity, encodeReport, hex, keyOf, newsroomId, seal, sha256, unhex, verifyKeyList } from "./envelope.js";
import { Mistyped, Unfetched, newWords, secretOf } from "./reply.js";

const $ = (id) => document.getElementById(id);
const words = JSON.parse($("words").textContent);
const { identity, day } = document.body.dataset;
const FAULTS = { count: "wordscount", unknown: "wordsunknown", wrong: "wordswrong" };
const most = capacity(SIZES[1]);
const SECRET = "0".repeat(64); // as long as the one that goes along: for counting
let text = $("text"), ready = null, busy = false, twelve = [], drawing = null;

const say = (line, values = {}) =>
  Object.entries(values).reduce((said, [name, value]) => said.replace(`{${name}}`, value.toLocaleString()), words[line]);

function show(line, kind = "", retry = false, values = {}) {
  const status = $("status");
  status.hidden = !line;
  status.className = `notice ${kind}`;
  status.querySelector("p").textContent = line ? say(line, values) : "";
  status.querySelector("button").hidden = !retry;
  if (kind === "stop") status.scrollIntoView({ block: "center" }); // the button that led here is a screen below
}

function report() {
  const said = { text: text.value, lang: $("lang").value };
  const source = $("source").value.trim();
  if (source) said.source = source;
  if ($("reply").checked) said.reply = SECRET;
  return said;
}

function count() {
  const left = most - encodeReport(report()).length;
  const over = left < 0;
  $("left").textContent = over ? say("over", { over: -left }) : say("left", { left, letters: Math.floor(left / 3) });
  $("left").className = over ? "over" : "";
  $("send").disabled = over || busy || !ready || ($("reply").checked && !phrase().typed);
}

function complaint(said) {
  if (!said.text.trim()) return "empty";
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/.test(said.text)) return "control";
  if (said.source && /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(said.source)) return "source";
  return null;
}

// Checks the newsroom's keys; until they are good nothing can be sent.
async function prepare() {
  if (!globalThis.crypto?.subtle || typeof BigInt === "undefined") return show("unsupported", "stop");
  show("preparing");
  let answer;
  try {
    answer = await fetch("/keys", { credentials: "omit", cache: "no-store" });
  } catch {
    return show("network", "stop", true);
  }
  if (!answer.ok) return show("nokeys", "stop", true);
  try {
    const list = await verifyKeyList(await answer.text(), identity, day);
    const key = await keyOf(list, day);
    if (!key) return show("nokeys", "stop", true);
    ready = { key, newsroom: await newsroomId(unhex(identity, 32)) };
  } catch {
    return show("badkeys", "stop");
  }
  show(null);
  $("form").hidden = false;
  count();
}

async function post(envelope) {
  const answer = await fetch("/envelopes", {
    method: "POST", body: envelope, credentials: "omit", cache: "no-store",
    headers: { "content-type": "application/octet-stream" },
  });
  return answer.ok ? (await answer.text()).trim() : "";
}

async function send(event) {
  event.preventDefault();
  const said = report(), wrong = complaint(said);
  if (wrong) return show(wrong, "stop");
  const asked = said.reply ? phrase() : null; // as it is now: what is ticked or typed from here on goes nowhere
  busy = true;
  count();
  show("sealing");
  try {
    if (asked) said.reply = hex(await secretOf(asked.typed, ready.newsroom));
  } catch (error) {
    busy = false;
    count();
    if (error instanceof Mistyped) return show(FAULTS[error.fault], "stop", false, error.values);
    return show(error instanceof Unfetched ? "network" : "unsupported", "stop");
  }
  try {
    const envelope = await seal(encodeReport(said), ready.key, ready.newsroom);
    const digest = hex(await sha256(envelope));
    const answer = await post(envelope);
    if (answer === `held ${digest}`) finish(digest, asked);
    else show(answer === "later" ? "later" : "mismatch", "stop");
  } catch {
    show("network", "stop");
  }
  busy = false;
  count();
}

// Words of before if there are any in the field, else the twelve shown, which are fresh.
function phrase() {
  const known = $("known").value.trim();
  return known ? { typed: known, fresh: [] } : { typed: twelve.join(" "), fresh: twelve };
}

// Whoever wants to be answered sees the words before anything is sent.
async function offer() {
  count(); // nothing is sent while they are on their way
  if ($("reply").checked && !twelve.length) {
    drawing = drawing || newWords(document.documentElement.lang); // ticked twice, they are the same
    try {
      twelve = await drawing;
    } catch {
      $("reply").checked = false;
      count();
      return show("network", "stop");
    } finally {
      drawing = null;
    }
  }
  const wanted = $("reply").checked; // the tick may be gone by now
  list($("twelve"), wanted ? twelve : []);
  $("phrase").hidden = !wanted;
  typed();
}

function list(into, lines) {
  into.replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
}

function forget() {
  twelve = [];
  for (const shown of document.querySelectorAll("ol.twelve")) list(shown, []);
  emptied($("known"));
  $("reply").checked = false;
  $("phrase").hidden = $("kept").hidden = true;
}

// A fresh node instead of an emptied one: the old field's undo history goes with it.
function emptied(field) {
  field.value = ""; // before cloning: a textarea's clone takes its value along
  const fresh = field.cloneNode(false);
  field.replaceWith(fresh);
  return fresh;
}

function wipe() {
  text = emptied(text);
  emptied($("source"));
}

// `asked`: the words whose secret went along, null when none did.
function finish(digest, asked) {
  const fresh = asked ? asked.fresh : [];
  wipe();
  forget();
  list($("kept").querySelector("ol"), fresh);
  $("kept").hidden = !fresh.length;
  $("unasked").hidden = Boolean(asked);
  show(null);
  $("form").hidden = true;
  $("receipt").textContent = `${digest.slice(0, 4)} ${digest.slice(4, 8)}`;
  $("done").hidden = false;
  $("done").focus();
}

function again() {
  forget();
  $("done").hidden = true;
  $("form").hidden = false;
  count();
  text.focus();
}

function typed() {
  if (!busy) show(null);
  count();
}

addEventListener("beforeunload", (event) => {
  if (text.value) event.preventDefault();
});
addEventListener("pagehide", forget); // a browser may keep the page as it was, for who goes back
$("form").addEventListener("input", typed);
$("reply").addEventListener("change", offer);
$("form").addEventListener("submit", send);
$("again").addEventListener("click", again);
$("status").querySelector("button").addEventListener("click", prepare);
prepare();
