// The four names the sealing page needs, and nothing else of the packages they come from.
export { CipherSuite, HkdfSha256 } from "@hpke/core";
export { Chacha20Poly1305 } from "@hpke/chacha20poly1305";
export { XWing } from "@hpke/hybridkem-x-wing";
export { ed25519 } from "@noble/curves/ed25519.js";
