"""How labels of a model join what the rules read: no computed value is ever lost, silence is never green."""

from __future__ import annotations

from datetime import date

import pytest

from nightdesk.reading import read
from nightdesk.reading.labels import Label

ON = date(2023, 12, 15)
TEXT = "강철호가 회령에서 2만 위안을 받았다. 새별회사는 사흗날 쉰다."


def labelled(text: str, *labels: tuple[str, str | None]):
    """The reading with these words labelled."""
    made = [Label(text.index(words), text.index(words) + len(words), kind) for words, kind in labels]
    return read(text, "ko", ON, "KP", names=lambda seen, finds: made)


def spans(reading) -> list[tuple[str, str]]:
    return [(s.words, s.kind) for s in reading.spans]


def test_a_label_fills_what_the_rules_left_silent() -> None:
    reading = labelled(TEXT, ("강철호", "person"), ("새별회사", "organisation"))
    assert spans(reading) == [
        ("강철호", "person"),
        ("회령", "place"),
        ("2만 위안", "money"),
        ("새별회사", "organisation"),
    ]
    values = {s.words: dict(s.value) for s in reading.spans}
    assert values["강철호"] == {"name": "강철호", "by": "model"}
    assert values["새별회사"] == {"unit": "새별회사", "by": "model"}


@pytest.mark.parametrize(
    "label", [("2만 위안", "organisation"), ("2만", "quantity"), ("위안을", "person"), ("에서 2만", "place")]
)
def test_a_label_never_takes_the_place_of_a_computed_value(label) -> None:
    assert spans(labelled(TEXT, label)) == spans(read(TEXT, "ko", ON, "KP"))


def test_a_place_stays_inside_the_organisation_named_for_it() -> None:
    reading = labelled("회령목재공장이 섰다.", ("회령목재공장", "organisation"))
    assert ("회령목재공장", "organisation") in spans(reading)
    reading = labelled("회령은 반대했다.", ("회령", "organisation"))
    assert sorted(spans(reading)) == [("회령", "organisation"), ("회령", "place")]
    assert next(s for s in reading.spans if s.kind == "organisation").value["place"] == "hoeryong"


def test_where_something_is_does_not_act() -> None:
    assert spans(labelled("회령에서 왔다.", ("회령", "organisation"))) == [("회령", "place")]


def test_two_places_with_values_are_not_made_one_without() -> None:
    text = "회령 강안동에서 왔다."
    assert spans(labelled(text, ("회령 강안동", "place"))) == spans(read(text, "ko", ON))


@pytest.mark.parametrize("kind", ["person", "place"])
def test_a_town_that_the_model_takes_for_somebody_is_the_town(kind) -> None:
    (town,) = labelled("덕천처럼은 안 됐다.", ("덕천", kind)).spans
    assert (town.kind, town.value["key"]) == ("place", "tokchon")
    (somebody,) = labelled("은정처럼은 안 됐다.", ("은정", kind)).spans
    assert somebody.kind == kind and "key" not in somebody.value


def test_an_address_is_one_place_with_the_value_of_the_finest() -> None:
    text = "중국 지린성 옌지에서 왔다."
    parts = {s.words: dict(s.value) for s in read(text, "ko", ON).spans}
    (whole,) = labelled(text, ("중국 지린성 옌지", "place")).spans
    assert whole.words == "중국 지린성 옌지"
    assert dict(whole.value) == parts[max(parts, key=text.index)]


def test_a_place_of_the_gazetteer_is_not_made_a_person() -> None:
    assert spans(labelled("회령에서 왔다.", ("회령", "person"))) == [("회령", "place")]


def test_what_no_rule_counts_is_unread_whatever_the_model_says() -> None:
    for kind in ("date", "time", "quantity", None):
        reading = labelled(TEXT, ("사흗날", kind))
        assert [u.words for u in reading.unread] == ["강철호", "사흗날"]  # the name by its form alone
        assert ("사흗날", "quantity") in spans(reading) or kind != "quantity"


def test_labels_are_asked_for_korean_alone() -> None:
    def never(text, finds):
        raise AssertionError("asked")

    read("They paid 20k RMB.", "en", ON, names=never)
    read("他付了2万元。", "zh", ON, names=never)
    read("2023-12-15", "ko", ON, names=never)


def test_offsets_lead_back_to_the_text_as_typed() -> None:
    import unicodedata

    typed = unicodedata.normalize("NFD", "강철호가 왔다.")
    reading = read(typed, "ko", ON, names=lambda seen, finds: [Label(0, 3, "person")])
    assert unicodedata.normalize("NFC", reading.spans[0].words) == "강철호"
