// Twelve words that a source keeps, and the replies found with them on the board. See docs/formats/board.md.
// The lists of words are fetched when somebody wants them: most visits need none.
import { Chacha20Poly1305 } from "./vendor/channel.js";
import { joined, unhex, verifySigned } from "./envelope.js";

const CELLS = 64, CELL = 1024, NONCE = 12, LENGTH = 4, WORDS = 12;
const utf8 = new TextEncoder();
const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

// The lists did not come: that says nothing of the words.
export class Unfetched extends Error {}

// Not the twelve words. `fault`: not twelve (how many there are), not in the list (the numbers of those, from 1), or
// twelve of the list that nobody drew.
export class Mistyped extends Error {
  constructor(fault, values = {}) {
    super("words");
    Object.assign(this, { fault, values });
  }
}

async function phrase(lang) {
  const parts = [import("./vendor/phrase.js"), import(`./vendor/phrase-${lang}.js`)];
  const [{ entropyToMnemonic, mnemonicToEntropy }, { wordlist }] = await Promise.all(parts).catch(() => {
    throw new Unfetched();
  });
  const known = new Set(wordlist.map((word) => word.normalize("NFKD")));
  return {
    toWords: (entropy) => entropyToMnemonic(entropy, wordlist), toEntropy: (words) => mnemonicToEntropy(words, wordlist),
    unknown: (words) => words.flatMap((word, at) => (known.has(word) ? [] : [at + 1])),
  };
}

// Fresh words in a language, as a list.
export async function newWords(lang) {
  const { toWords } = await phrase(lang);
  return toWords(crypto.getRandomValues(new Uint8Array(16))).normalize("NFC").split(" ");
}

const script = (text) => (/\p{Script=Hangul}/u.test(text) ? "ko" : /\p{Script=Han}/u.test(text) ? "zh" : "en");

// The 16 bytes behind words as somebody types them: numbered, on lines, in capitals, or in Chinese without spaces.
async function entropyOf(typed) {
  const lang = script(typed);
  const letters = typed.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{M}]+/gu, " ").trim();
  const words = letters.match(lang === "zh" ? /\S/gu : /\S+/g) ?? [];
  if (words.length !== WORDS) throw new Mistyped("count", { n: words.length });
  const { toEntropy, unknown } = await phrase(lang);
  const missing = unknown(words);
  if (missing.length) throw new Mistyped("unknown", { at: missing.join(", ") });
  try {
    return toEntropy(words.join(" "));
  } catch {
    throw new Mistyped("wrong");
  }
}

async function derive(from, salt, info) {
  const key = await crypto.subtle.importKey("raw", from, "HKDF", false, ["deriveBits"]);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info: utf8.encode(info) }, key, 256));
}

// What the words come down to for one newsroom: 32 bytes. Mistyped when they are not the words, Unfetched when nobody
// can tell, another Error where the browser cannot.
export async function secretOf(typed, newsroom) {
  return derive(await entropyOf(typed), newsroom, "nightdesk reply v1\n");
}

// The replies on a packed board for one secret, newest first, and the board's day. An Error when it is not the newsroom's.
export async function repliesOn(packed, identity, on, secret) {
  const board = await verifySigned(packed, identity, "board", on);
  if (board.cells.length !== CELLS) throw new Error("cells");
  const newsroom = unhex(board.newsroom, 16);
  const box = new Chacha20Poly1305().createEncryptionContext(await derive(secret, newsroom, "nightdesk cell v1\n"));
  const bound = joined(utf8.encode("nightdesk board v1\n"), newsroom, utf8.encode(board.day));
  const found = await Promise.all(board.cells.map((cell) => opened(box, bytesOf(cell), bound)));
  return { day: board.day, replies: found.filter(Boolean).sort(newestFirst) };
}

const newestFirst = (one, other) => (one.on === other.on ? other.number - one.number : one.on < other.on ? 1 : -1);

async function opened(box, cell, bound) {
  if (cell.length !== CELL) throw new Error("cell");
  let plain;
  try {
    plain = new Uint8Array(await box.open(cell.slice(0, NONCE), cell.slice(NONCE), bound));
  } catch {
    return null; // another's, or noise
  }
  const length = new DataView(plain.buffer).getUint32(0);
  return JSON.parse(new TextDecoder().decode(plain.slice(LENGTH, LENGTH + length)));
}

