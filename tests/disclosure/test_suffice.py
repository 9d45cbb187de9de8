"""The smallest sets of facts that suffice: by the tables' intervals alone, and never by a number nobody gave."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from nightdesk.disclosure.estimates import inside
from nightdesk.disclosure.rules import suffice
from nightdesk.disclosure.sentences import sentence
from nightdesk.disclosure.wire import document

NURSE = "A nurse in Hyesan was questioned."


def row(group: str = "nurses", place: str = "Hyesan", low: int = 20, high: int = 60, **more) -> dict:
    months = {"basis": "desk", "as_of": "2023-01", "expires": "2024-06"}
    return {"group": group, "place": place, "low": low, "high": high} | months | more


@pytest.fixture
def sets(look, story):
    """What suffices, as lists of (kind, words), for one paragraph judged by these tables."""

    def of(*tables: dict, ko: str = "", en: str = NURSE, before: str = "") -> list[list[tuple[str, str]]]:
        raw = story(ko=ko, en=en) | {"groups": list(tables)}
        if before:
            raw["editions"]["en"].insert(0, {"id": "e0", "claims": ["c1"], "text": before})
        found = [s for f in look(raw)[1].findings for s in f.suffice]
        return [[(fact.kind, fact.spans[0].words) for fact in one.facts] for one in found]

    return of


def test_a_description_and_a_town_suffice_by_a_table_of_both(sets) -> None:
    assert sets(row()) == [[("group", "A nurse"), ("place", "Hyesan")]]


@pytest.mark.parametrize("low_high", [(20, 101), (90, 5000)])
def test_a_high_end_above_the_limit_shows_nothing(sets, low_high) -> None:
    assert sets(row(low=low_high[0], high=low_high[1])) == []


@pytest.mark.parametrize(
    "more",
    [{"expires": "2023-11"}, {"expires": "soon"}, {"low": 70}, {"low": -1}, {"when": "last winter"}],
)
def test_a_table_nothing_may_be_concluded_from_shows_nothing(sets, more) -> None:
    assert sets(row(**more)) == []


def test_a_table_of_the_whole_country_makes_one_fact_suffice(sets) -> None:
    assert sets(row(place="North Korea"), row()) == [[("group", "A nurse")]]


def test_a_table_of_another_country_does_not(sets) -> None:
    assert sets(row(place="China")) == []


def test_a_town_is_enough_for_a_table_of_its_province_and_not_the_other_way_round(sets) -> None:
    assert sets(row(place="Ryanggang")) == [[("group", "A nurse"), ("place", "Hyesan")]]
    assert sets(row(), en="A nurse in Ryanggang Province was questioned.") == []


def test_of_a_town_and_its_province_the_province_is_smallest_where_it_suffices(sets) -> None:
    en = "A nurse in Hyesan, Ryanggang Province, was questioned."
    assert sets(row(), row(place="Ryanggang"), en=en) == [
        [("group", "A nurse"), ("place", "Ryanggang Province")]
    ]


def test_three_facts_suffice_where_a_table_counts_a_time(sets) -> None:
    en = "A nurse in Hyesan was questioned in October."
    tables = row(high=400), row(low=2, high=9, when="2023-10")
    assert sets(*tables, en=en) == [[("group", "A nurse"), ("place", "Hyesan"), ("date", "October")]]
    assert sets(*tables, en=en.replace("October", "September")) == []


def test_a_time_beyond_what_the_table_counts_shows_nothing(sets) -> None:
    en = "A nurse in Hyesan was questioned in October."
    assert sets(row(when="2023-10-01/2023-10-15"), en=en) == []
    assert sets(row(when="2023"), en=en) != []


def test_the_time_of_the_description_goes_before_another_of_the_paragraph(sets) -> None:
    en = "Last week agents came to a man whose phone was taken six months ago in Hyesan."
    seized = {"group": "people whose phone was seized", "low": 2, "high": 9}
    assert sets(row(**seized, when="2023-12"), en=en) == []
    assert [kind for kind, _ in sets(row(**seized, when="2023-04/2023-08"), en=en)[0]] == [
        "group",
        "place",
        "date",
    ]


def test_two_facts_that_suffice_leave_three_unsaid(sets) -> None:
    en = "A nurse in Hyesan was questioned in October."
    assert [len(one) for one in sets(row(), row(low=1, high=3, when="2023-10"), en=en)] == [2]


def test_the_town_of_another_paragraph_counts_where_the_own_names_none(sets) -> None:
    assert sets(row(), en="A nurse was questioned.", before="Agents came to Hyesan.") != []
    assert sets(row(), en="A nurse in Musan was questioned.", before="Agents came to Hyesan.") == []


def test_a_town_elsewhere_says_nothing_of_somebody_in_another_province(sets) -> None:
    north = "A nurse in North Hamgyong Province was questioned."
    assert sets(row(), en=north, before="Agents came to Hyesan.") == []
    assert sets(row(place="Chongjin"), en=north, before="Agents came to Chongjin.") != []


def test_a_country_named_in_passing_does_not_put_somebody_there(sets) -> None:
    en = "A nurse with a Chinese phone, made in China, was questioned."
    assert sets(row(), en=en, before="Agents came to Hyesan.") != []


def test_a_place_that_no_gazetteer_has_is_found_as_the_table_writes_it(sets) -> None:
    en = "A nurse at Hyesan Market was questioned."
    assert sets(row(place="Hyesan Market"), en=en) == [[("group", "A nurse"), ("place", "Hyesan Market")]]


def test_a_day_within_a_month_that_suffices_is_not_smallest(sets) -> None:
    en = "A nurse in Hyesan was questioned on 5 October 2023. It was a bad October."
    tables = row(when="2023-10"), row(low=1, high=3, when="2023-10-05")
    assert [[words for _, words in one] for one in sets(*tables, en=en)] == [["A nurse", "Hyesan", "October"]]


def test_rows_of_one_place_and_time_are_looked_at_once(sets, monkeypatch) -> None:
    """Five hundred paragraphs under a thousand rows took a minute."""
    looked: list[object] = []
    monkeypatch.setattr(suffice, "inside", lambda *given: looked.append(given) or inside(*given))
    assert sets(*(row(high=99 - n % 40, basis=str(n)) for n in range(50))) != []
    assert len(looked) == 1


def test_two_towns_leave_open_which_is_meant(sets) -> None:
    assert sets(row(), en="A nurse went from Musan to Hyesan.") == []


def test_the_sentence_says_it_in_each_language_with_the_words_of_its_edition(look, story) -> None:
    raw = story(ko="혜산의 한 간호사가 조사를 받았다.", en=NURSE) | {"groups": [row()]}
    (found,) = [f for f in look(raw)[1].findings if f.suffice]
    assert found.severity == "red" and found.why.startswith(
        "These two suffice to narrow it down to 20 to 60 people: “A nurse” + “Hyesan”. "
    )
    assert sentence(found, "ko").startswith("이 두 가지면 대상이 20~60명으로 좁혀집니다: “간호사” + “혜산”. ")
    assert (found.before.low, found.before.high) == (20, 60)


def test_the_order_of_the_tables_changes_nothing(sets) -> None:
    tables = [row(high=90), row(place="Ryanggang", high=80), row("doctors and nurses", high=70)]
    assert sets(*tables) == sets(*reversed(tables))


def test_a_description_without_any_table_is_a_note_that_says_so(look, story) -> None:
    _, review = look(story(en="A man whose phone was taken came."))
    (found,) = [f for f in review.findings if f.why_key == "no_table_group"]
    assert (found.severity, found.class_) == ("note", "small group")
    assert "sets" in review.cannot_estimate_keys


def test_a_time_nobody_can_read_is_a_finding(look, story) -> None:
    raw = story(en=NURSE) | {"groups": [row(when="winter")]}
    assert any(f.why_key == "group_when_unclear" for f in look(raw)[1].findings)


def test_what_suffices_is_in_the_document_as_the_schema_has_it(look, story) -> None:
    formats = Path(__file__).parents[2] / "docs" / "formats"
    raw = story(en=NURSE) | {"groups": [row(when="2023")]}
    raw["editions"]["en"][0]["text"] = "A nurse in Hyesan was questioned in October."
    out = document(look(raw)[1])
    for name, one in (("story", raw), ("review", out)):
        jsonschema.Draft202012Validator(
            json.loads((formats / f"{name}.schema.json").read_text("utf-8"))
        ).validate(one)
    (found,) = [one for one in out["findings"] if one["suffice"]]
    facts = found["suffice"][0]["facts"]
    assert [(one["kind"], one["value"]) for one in facts] == [
        ("group", "medical"), ("place", "hyesan"), ("date", "2023-10-01/2023-10-31"),
    ]  # fmt: skip
    assert found["suffice"][0]["people"] == {"low": 20, "high": 60, "basis": "desk, as of 2023-01"}
