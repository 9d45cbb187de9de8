// Looking for a reply: twelve words in, what the board says to them out, and wiped again.
import { newsroomId, unhex } from "./envelope.js";
import { Mistyped, Unfetched, repliesOn, secretOf } from "./reply.js";

const $ = (id) => document.getElementById(id);
const words = JSON.parse($("words").textContent);
const { identity, day } = document.body.dataset;
const FAULTS = { count: "lookcount", unknown: "lookunknown", wrong: "lookwrong" };

function show(line, kind = "", values = {}) {
  $("look-status").hidden = !line;
  $("look-status").className = `notice ${kind}`;
  $("look-status").textContent = line ? words[line].replace(/\{(\w+)\}/g, (_all, name) => values[name]) : "";
}

async function look(event) {
  event.preventDefault();
  $("replies").hidden = true;
  show("looking");
  let secret;
  try {
    secret = await secretOf($("own").value, await newsroomId(unhex(identity, 32)));
  } catch (error) {
    if (error instanceof Mistyped) return show(FAULTS[error.fault], "stop", error.values);
    return show(error instanceof Unfetched ? "offline" : "unsupported", "stop");
  }
  try {
    const answer = await fetch("/board", { credentials: "omit", cache: "no-store" });
    if (!answer.ok) return show("noboard", "stop");
    await reveal(await answer.text(), secret);
  } catch {
    show("offline", "stop");
  }
}

async function reveal(packed, secret) {
  let found;
  try {
    found = await repliesOn(packed, identity, day, secret);
  } catch {
    return show("badboard", "stop");
  }
  if (!found.replies.length) return show("nothing", "", found); // the words stay, to be compared; leaving wipes them
  wipe();
  show(found.day < day ? "olderboard" : null, "", found); // a page left open over midnight is the older of the two
  $("replies").querySelector("ol").replaceChildren(...found.replies.map(item));
  $("replies").hidden = false;
  $("replies").focus();
}

function item({ on, text }) {
  const line = document.createElement("li"), written = document.createElement("p"), said = document.createElement("p");
  written.className = "under";
  written.textContent = words.written.replace("{day}", on);
  said.className = "said";
  said.textContent = text;
  line.append(said, written);
  return line;
}

// A fresh node instead of an emptied one: the old field's undo history goes with it.
function wipe() {
  $("own").value = "";
  $("own").replaceWith($("own").cloneNode(false));
}

function clear() {
  $("replies").querySelector("ol").replaceChildren();
  $("replies").hidden = true;
  show(null);
}

function close() {
  clear();
  $("own").focus();
}

// A browser may keep the page as it was, for who goes back.
function leave() {
  wipe();
  clear();
}

$("look").addEventListener("submit", look);
$("close").addEventListener("click", close);
addEventListener("pagehide", leave);
