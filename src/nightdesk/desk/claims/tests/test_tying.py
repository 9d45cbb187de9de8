"""Of a link nothing is said that a third account told whom the member may not see."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from nightdesk.corroboration.model import Sentence
from nightdesk.corroboration.sentences import plain
from nightdesk.desk.claims.online import name_of
from nightdesk.desk.claims.tying import tie


def differs(field: str, says: str) -> dict[str, Any]:
    """A difference that is account 99's."""
    return plain(Sentence("differs", {"field": field, "says": says, "against": "x", "of": name_of(99)}))


def test_no_difference_of_a_hidden_account_is_quoted_however_many_there_are() -> None:
    parts = [differs("place", "first told"), differs("date", "second told")]
    row: Any = SimpleNamespace(relation="disputes", account_id=1, other_id=2, why_parts=parts)
    shown: Any = {pk: SimpleNamespace(report=f"report {pk}") for pk in (1, 2, 99)}
    assert "second told" in repr(tie(row, shown, 1, 2))
    del shown[99]
    hidden = tie(row, shown, 1, 2)
    assert "told" not in repr(hidden) and hidden.differs is not None
