// Twelve words to sixteen bytes and back (BIP-39), for the sealing page; the lists are files of their own.
export { entropyToMnemonic, mnemonicToEntropy } from "@scure/bip39";
