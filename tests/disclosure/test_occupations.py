"""Ordinary occupations: each is seen in Korean and English, compared between editions, and can be said less exactly."""

from __future__ import annotations

import pytest

from nightdesk.disclosure import apply

PAIRS = [
    ("농장원", "farm worker", "farm_workers"), ("공장 노동자", "factory worker", "factory_workers"),
    ("철도원", "railway worker", "railway_workers"), ("돌격대원", "shock brigade member", "builders"),
    ("사무원", "clerk", "clerks"), ("식당 종업원", "waitress", "restaurant_staff"), ("밀수꾼", "smuggler", "smugglers"),
    ("대학생", "university student", "university_students"), ("화물차 운전수", "truck driver", "truck_drivers"),
    ("해외 파견 노동자", "overseas worker", "workers_abroad"),
]  # fmt: skip


@pytest.mark.parametrize(("ko", "en", "group"), PAIRS)
def test_an_occupation_without_a_table_is_a_note_over_both_editions(look, story, ko, en, group) -> None:
    article = "an" if en[0] in "aeo" else "a"
    one, review = look(story(ko=f"한 {ko}이 조사를 받았다.", en=f"Agents questioned {article} {en}."))
    (found,) = [f for f in review.findings if f.why_key == "no_table"]
    assert (found.values["group"], {span.edition for span in found.spans}) == (group, {"ko", "en"})
    assert not any(f.why_key in ("more_group", "more_concept") for f in review.findings)
    said = {o.edition: apply(one.draft.editions[o.edition][0].text, o) for o in found.offers}
    assert ko not in said["ko"] and en not in said["en"] and said["en"].startswith("Agents questioned a ")


@pytest.mark.parametrize(
    "text", ["The farm was closed.", "A worker came.", "노동자가 왔다.", "농장에 갔다.", "학생들이 왔다."]
)
def test_a_place_of_work_or_a_worker_of_any_kind_is_no_occupation(look, story, text) -> None:
    raw = story(**{"ko" if text[0] >= "가" else "en": text})
    assert not [f for f in look(raw)[1].findings if f.why_key == "no_table"]
