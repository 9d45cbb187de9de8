"""Every page of a desk's database as SQLite sees it: what secure delete left behind shows in no query.

SQLCipher 4: the file begins with its salt; each page ends in its IV and its tag.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from nightdesk.desk import vault

PAGE, SALT, IV, TAG = 4096, 16, 16, 64


def opened(path: Path) -> bytes:
    """The pages of the file, decrypted; AssertionError when they are not a database's."""
    data, key, found = path.read_bytes(), vault.database_key(), []
    for at in range(0, len(data), PAGE):
        page = data[at : at + PAGE]
        end = PAGE - IV - TAG
        cipher = Cipher(algorithms.AES(key), modes.CBC(page[end : end + IV])).decryptor()
        found.append(cipher.update(page[SALT if at == 0 else 0 : end]))
    whole = b"".join(found)
    assert b"CREATE TABLE" in whole, "these pages were not decrypted"
    return whole
