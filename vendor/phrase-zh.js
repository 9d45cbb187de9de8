export { wordlist } from "@scure/bip39/wordlists/simplified-chinese.js";
