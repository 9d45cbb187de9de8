"""Stops that end no sentence, and those that do."""

from __future__ import annotations

import pytest

from nightdesk.values import stops


@pytest.mark.parametrize("text", ["On 8 Dec. 2023 they left.", "At 5 a.m. on Friday.", "Mine No. 12 closed."])
def test_a_short_word_keeps_its_stop(text: str) -> None:
    assert stops.within(text) == {text.index(".") + 1 if ".m." not in text else text.index(".m.") + 3}


@pytest.mark.parametrize(
    "text", ["It was Dec. They left.", "They came at 5 a.m. Then they left.", "나갔다. 12일."]
)
def test_a_stop_before_a_new_sentence_counts(text: str) -> None:
    assert not stops.within(text)
