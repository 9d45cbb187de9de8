"""The Envelope: how what a source says travels as ciphertext of fixed size.

wire.py frames bytes, signing.py verifies signed documents, closing.py seals with public keys,
opening.py opens with private ones, keyring.py keeps private keys under a passphrase. Belongs here:
the format in docs/formats/envelope.md, and only that. Does not belong here: HTTP, storage, and any
primitive of our own (they are `cryptography`'s).
"""
