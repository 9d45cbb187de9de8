// The Envelope in the browser: check the newsroom's key list, seal a report. See docs/formats/.
// Nothing here can open. Ed25519 is @noble/curves' in every browser: one path, tested, also where
// WebCrypto has none (older phones).
import { Chacha20Poly1305, CipherSuite, HkdfSha256, XWing, ed25519 } from "./vendor/channel.js";

export const SIZES = [4096, 65536];
const HEADER = 32, ENCAPSULATION = 1120, TAG = 16, LENGTH = 4;
const LONGEST_CERTIFICATE = 90;
const utf8 = new TextEncoder();

export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
export const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
export const capacity = (size) => size - HEADER - ENCAPSULATION - TAG - LENGTH;

export function unhex(text, length) {
  if (typeof text !== "string" || text.length !== 2 * length || !/^[0-9a-f]*$/.test(text)) throw new Error("not hex");
  return Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
}

export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return whole;
}

function genuine(identity, signature, message) {
  return ed25519.verify(signature, message, identity, { zip215: false });
}

const dayNumber = (day) => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new Error("not a day");
  return Date.parse(`${day}T00:00:00Z`) / 86400000;
};

export async function newsroomId(identity) {
  return (await sha256(joined(utf8.encode("nightdesk newsroom v1\n"), identity))).slice(0, 16);
}

// The payload of a packed document signed for one purpose, or an Error: same checks as seal/signing.py.
export async function verifySigned(packed, identityHex, purpose, on) {
  const identity = unhex(identityHex, 32);
  const { payload, signature } = JSON.parse(packed);
  const { certificate, signature: signed } = JSON.parse(signature);
  const { signing_key, not_before, not_after, identity_signature } = certificate;
  const words = utf8.encode(`nightdesk certificate v1\n${signing_key}\n${not_before}\n${not_after}\n`);
  if (!genuine(identity, unhex(identity_signature, 64), words)) throw new Error("certificate");
  const [first, last, today] = [not_before, not_after, on].map(dayNumber);
  if (!(last - first >= 0 && last - first <= LONGEST_CERTIFICATE && first <= today && today <= last)) throw new Error("dates");
  const message = joined(utf8.encode(`nightdesk ${purpose} v1\n`), utf8.encode(payload));
  if (!genuine(unhex(signing_key, 32), unhex(signed, 64), message)) throw new Error("signature");
  const said = JSON.parse(payload);
  if (said.version !== 1 || said.newsroom !== hex(await newsroomId(identity))) throw new Error("newsroom");
  return said;
}

export const verifyKeyList = (packed, identityHex, on) => verifySigned(packed, identityHex, "key-list", on);

// The key of `day` in a verified list: {id, public}; null when the list has none.
export async function keyOf(list, day) {
  const listed = list.days.find((each) => each.day === day);
  if (!listed) return null;
  const key = Uint8Array.from(atob(listed.public), (letter) => letter.charCodeAt(0));
  const id = (await sha256(key)).slice(0, 8);
  if (key.length !== 1216 || hex(id) !== listed.key_id) throw new Error("key");
  return { id, public: key };
}

export function encodeReport(report) {
  return utf8.encode(JSON.stringify({ version: 1, channel: "drop", ...report }));
}

// An Envelope of 4,096 or 65,536 bytes around an encoded report.
export async function seal(body, key, newsroom) {
  const size = SIZES.find((each) => body.length <= capacity(each));
  if (!size) throw new Error("too long");
  const plaintext = new Uint8Array(LENGTH + capacity(size));
  new DataView(plaintext.buffer).setUint32(0, body.length);
  plaintext.set(body, LENGTH);
  const header = joined(utf8.encode("NDSEAL"), new Uint8Array([0, 1]), newsroom, key.id);
  const suite = new CipherSuite({ kem: new XWing(), kdf: new HkdfSha256(), aead: new Chacha20Poly1305() });
  const recipientPublicKey = await suite.kem.deserializePublicKey(key.public);
  const info = joined(utf8.encode("nightdesk envelope v1\n"), header);
  const sealed = await suite.seal({ recipientPublicKey, info }, plaintext);
  plaintext.fill(0);
  return joined(header, new Uint8Array(sealed.enc), new Uint8Array(sealed.ct));
}
