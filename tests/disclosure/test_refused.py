"""Input that used to pass unread: each field that is wrong is refused in a sentence, or is a finding."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from nightdesk.disclosure import DisclosureError
from nightdesk.disclosure.wire import load

SCHEMA = Path(__file__).parents[2] / "docs" / "formats" / "story.schema.json"
PARTY = {"kind": "party", "low": 9, "high": 2}


@pytest.mark.parametrize("country", ["XX", "kp", "PRK", "North Korea"])
def test_a_country_no_table_knows_is_refused_with_what_to_write(sample, look, country) -> None:
    with pytest.raises(DisclosureError, match="is no country of ISO 3166-1; write its two capital letters"):
        look(sample | {"country": country})


@pytest.mark.parametrize(("country", "said"), [("FR", True), ("KP", False), ("CN", False)])
def test_a_country_whose_towns_nobody_listed_cannot_be_judged_and_that_is_said(
    sample, look, country, said
) -> None:
    assert ("country" in look(sample | {"country": country})[1].cannot_estimate_keys) == said


WHERE = {
    "paragraph": lambda raw: raw["editions"]["ko"][0],
    "claim": lambda raw: raw["claims"][0],
    "knowers": lambda raw: raw["claims"][0]["knowers"],
    "report": lambda raw: raw["reports"][0],
    "earlier": lambda raw: raw["earlier"][0],
    "group": lambda raw: raw["groups"][0],
    "file": lambda raw: raw["files"][0],
    "state media": lambda raw: raw["state_media"][0],
    "row": lambda raw: raw["rows"][0],
}


@pytest.fixture
def full(sample):
    """The sample with everything a story may hold."""
    return sample | {
        "state_media": [{"on": "2023-12-01", "text": "x"}],
        "rows": [{"id": "a", "values": {}}],
    }


@pytest.mark.parametrize("where", WHERE)
def test_an_unknown_field_is_refused_wherever_it_stands(full, look, where) -> None:
    look(full)
    schema = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    schema.validate(full)
    WHERE[where](full)["knowerz"] = 1
    with pytest.raises(DisclosureError, match="unknown field 'knowerz' in "):
        look(full)
    assert not schema.is_valid(full)


@pytest.mark.parametrize(
    ("where", "field"),
    [("paragraph", "id"), ("claim", "id"), ("claim", "source"), ("report", "source"), ("earlier", "id"),
     ("group", "group"), ("group", "place"), ("file", "name"), ("row", "id")],
)  # fmt: skip
def test_a_name_must_say_something(full, look, where, field) -> None:
    WHERE[where](full)[field] = " "
    with pytest.raises(DisclosureError, match=f"'{field}' is empty"):
        look(full)
    assert not jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).is_valid(full)


@pytest.mark.parametrize(
    ("where", "change"),
    [("report", {"on": "20231215"}), ("report", {"on": "2023-W50-5"}), ("state media", {"on": "2023-12-1"}),
     ("group", {"low": -(10**13)}), ("row", {"values": {"n": 10**13}}), ("file", {"metadata": {"GPS": ["42.4"]}})],
)  # fmt: skip
def test_what_the_schema_refuses_the_review_refuses(full, look, where, change) -> None:
    WHERE[where](full).update(change)
    assert not jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).is_valid(full)
    with pytest.raises(DisclosureError):
        look(full)


@pytest.mark.parametrize("field", ["claims", "reports", "earlier", "groups", "state_media", "files", "rows"])
@pytest.mark.parametrize("value", [0, False, "", {}])
def test_nothing_but_a_list_or_null_is_an_empty_list(sample, look, field, value) -> None:
    with pytest.raises(DisclosureError, match=f"'{field}' must be a list of objects"):
        look(sample | {field: value})


@pytest.mark.parametrize("metadata", [False, "", [], {"GPS": ["42.4"]}, {"GPS": {"lat": 42}}])
def test_metadata_is_an_object_of_words(sample, look, metadata) -> None:
    sample["files"] = [{"name": "a.jpg", "metadata": metadata}]
    with pytest.raises(DisclosureError, match="'metadata' must be an object"):
        look(sample)


def test_a_number_in_metadata_is_read(sample, look) -> None:
    sample["files"] = [{"name": "a.jpg", "metadata": {"GPSLatitude": 42.4}}]
    assert any(f.why_key == "file_location" for f in look(sample)[1].findings)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda raw: raw["editions"].update(en=None), "an edition is null"),
        (lambda raw: raw["editions"]["ko"][0].update(claims=[1]), "must be a list of claim ids"),
        (
            lambda raw: raw["claims"][0].update(source="otter"),
            "'c1' and its report 'R01' have different sources",
        ),
        (lambda raw: raw["earlier"][0].update(knowers=PARTY), "low end must not be above the high end"),
        (lambda raw: raw["earlier"][0].update(released_on="2025-01-01"), "'released_on' is after"),
    ],
)
def test_what_contradicts_itself_is_refused(sample, look, change, says) -> None:
    change(sample)
    with pytest.raises(DisclosureError, match=says):
        look(sample)


def test_a_field_that_stands_twice_is_refused(sample) -> None:
    with pytest.raises(DisclosureError, match="the field 'claims' is there twice"):
        load(json.dumps(sample)[:-1] + ', "claims": []}')


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"low": 500}, "group_contradiction"),
        ({"low": -1}, "group_contradiction"),
        ({"low": 0, "high": 0}, "group_nobody"),
        ({"as_of": "soon"}, "group_age_unclear"),
        ({"as_of": "2024-01"}, "group_age_unclear"),
        ({"as_of": "2023-11", "expires": "2023-10"}, "group_age_unclear"),
        ({"expires": "never"}, "group_expiry_unclear"),
        ({"group": "astronauts"}, "tables_unread"),
        ({"place": "Hoeryung"}, "tables_unread"),
    ],
)
def test_a_table_that_cannot_be_right_or_is_read_by_no_rule_is_a_finding(sample, look, change, key) -> None:
    assert key not in {f.why_key for f in look(sample)[1].findings}
    sample["groups"][0] |= change
    assert key in {f.why_key for f in look(sample)[1].findings}


def test_a_table_of_another_town_is_no_business_of_this_story(sample, look) -> None:
    sample["groups"].append(dict(sample["groups"][0], group="astronauts", place="Sinuiju"))
    assert "tables_unread" not in {f.why_key for f in look(sample)[1].findings}


def test_a_report_without_words_cannot_be_compared_and_that_is_said(sample, look) -> None:
    assert "empty_report" not in look(sample)[1].cannot_estimate_keys
    sample["reports"][0]["text"] = " "
    assert "empty_report" in look(sample)[1].cannot_estimate_keys
