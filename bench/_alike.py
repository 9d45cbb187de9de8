"""Two plain ways to find like texts, for the bench of corroboration: a TF-IDF sparse product and MinHash LSH.

No part of Nightdesk uses them: `pip install -r requirements/bench.txt` brings scipy and datasketch. Both answer
less than ours does (no facts, no event, no reasons); what they cost is the yardstick.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from datasketch import MinHash, MinHashLSH
from numpy.typing import NDArray
from scipy import sparse

from nightdesk.corroboration import Account

WORD = re.compile(r"[a-z]+|\d+(?:,\d{3})*")
BEST, PERMUTATIONS, ALIKE = 8, 128, 0.5


class Product:
    """Every report against all before it: the cosine of TF-IDF vectors as one sparse product a chunk."""

    name = "TF-IDF sparse product (scipy)"

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._texts = 0
        self._df = np.zeros(1 << 17, np.float32)
        self._before: list[sparse.csr_matrix] = []

    def only_keep(self, chunk: Sequence[Account]) -> None:
        """Take them in without asking for their like."""
        self._before.append(self._vectors(chunk))

    def take(self, chunk: Sequence[Account]) -> None:
        """Take them in, and find the BEST of each among those before the chunk."""
        new = self._vectors(chunk)
        likest: list[NDArray[np.float32]] = []
        for old in self._before:
            product = (new @ old.T).toarray()
            likest.append(
                np.partition(product, -BEST, axis=1)[:, -BEST:] if product.shape[1] > BEST else product
            )
        if likest:
            np.sort(np.hstack(likest), axis=1)[:, -BEST:]
        self._before.append(new)

    def _vectors(self, chunk: Sequence[Account]) -> sparse.csr_matrix:
        columns, values, ends = list[int](), list[int](), [0]
        for account in chunk:
            counted = Counter(WORD.findall(account.text.lower()))
            found = [self._ids.setdefault(word, len(self._ids)) for word in counted]
            self._df[found] += 1
            columns += found
            values += counted.values()
            ends.append(len(columns))
        self._texts += len(chunk)
        weights = np.log1p(np.array(values, np.float32)) * np.log((1 + self._texts) / (1 + self._df[columns]))
        rows = np.repeat(np.arange(len(chunk)), np.diff(ends))
        norms = np.sqrt(np.bincount(rows, weights**2, len(chunk))).astype(np.float32)
        weights /= np.maximum(norms, 1e-6)[rows]
        return sparse.csr_matrix((weights, columns, ends), shape=(len(chunk), len(self._df)))


class Hashes:
    """MinHash signatures over words in an LSH table: those that share a band are candidates."""

    name = "MinHash LSH (datasketch)"

    def __init__(self) -> None:
        self._table = MinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS)

    def only_keep(self, chunk: Sequence[Account]) -> None:
        """As `take`: hashing is what costs."""
        self.take(chunk)

    def take(self, chunk: Sequence[Account]) -> None:
        """Take them in one by one, after asking for the like of each."""
        for account in chunk:
            made = MinHash(num_perm=PERMUTATIONS)
            made.update_batch([word.encode() for word in set(WORD.findall(account.text.lower()))])
            self._table.query(made)
            self._table.insert(account.id, made)
