"""What editors decided about pairs of accounts. Their word wins over the engine's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from nightdesk.corroboration.model import Correction, CorroborationError


class Corrections:
    """Corrections by account. Raises CorroborationError when two of them contradict each other."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        self._pairs: dict[str, dict[str, set[str]]] = {
            kind: defaultdict(set) for kind in ("join", "split", "not independent")
        }
        for c in corrections:
            self._add(c)

    def _add(self, c: Correction) -> None:
        if c.account == c.other:
            raise CorroborationError(f"a correction compares {c.account!r} with itself")
        against = {"join": "split", "split": "join"}.get(c.kind)
        if against and c.other in self._pairs[against][c.account]:
            raise CorroborationError(
                f"one correction joins {c.account!r} and {c.other!r}, another splits them; take one back"
            )
        self._pairs[c.kind][c.account].add(c.other)
        self._pairs[c.kind][c.other].add(c.account)

    def joined(self, id: str) -> list[str]:
        """Accounts an editor put into the same event as `id`."""
        return sorted(self._pairs["join"].get(id, ()))

    def split(self, id: str) -> list[str]:
        """Accounts whose event `id` must stay out of."""
        return sorted(self._pairs["split"].get(id, ()))

    def dependent(self, id: str) -> list[str]:
        """Accounts that share an origin with `id` because an editor says so."""
        return sorted(self._pairs["not independent"].get(id, ()))

    def apart(self, ids: Iterable[str], others: Iterable[str]) -> bool:
        """Whether any correction keeps two groups of accounts apart."""
        rest = set(others)
        return any(rest & self._pairs["split"].get(id, set()) for id in ids)
