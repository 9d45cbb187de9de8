"""The vocabulary, the filters and the rows of the incident record."""

from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest

from nightdesk.incidents import STATUSES, SUM_ROLES, Act, filter_acts, label, to_row, vocabulary


def act(
    token="t1",
    kind="extortion",
    place="hoeryong",
    earliest=date(2023, 12, 8),
    latest=date(2023, 12, 13),
    **more,
):
    values = {"status": "accepted", "edtf": "2023-12-08/2023-12-13", "actor": "보위원", "party": "broker"}
    return Act(token=token, act=kind, place=place, earliest=earliest, latest=latest, **{**values, **more})


def test_every_kind_of_act_has_labels_definitions_and_known_sum_roles():
    for code, kind in vocabulary().items():
        assert kind.code == code
        assert kind.labels["en"] and kind.labels["ko"]
        assert kind.definitions["en"].endswith(".") and kind.definitions["ko"].endswith(".")
        assert set(kind.sums) <= set(SUM_ROLES)


def test_every_status_and_role_has_a_word_in_both_languages():
    for section, keys in (("statuses", STATUSES), ("sum_roles", SUM_ROLES)):
        for key in keys:
            assert label(section, key, "en") and label(section, key, "ko")


def test_a_province_finds_the_acts_of_its_towns():
    acts = (act("a"), act("b", place="hyesan"))
    assert [a.token for a in filter_acts(acts, place="north-hamgyong")] == ["a"]
    assert [a.token for a in filter_acts(acts, place="hyesan")] == ["b"]


def test_filters_are_all_met_at_once():
    acts = (act("a", status="open"), act("b"), act("c", "fine"))
    assert [a.token for a in filter_acts(acts, act="extortion", status="accepted")] == ["b"]
    assert filter_acts(acts) == acts


def test_a_year_finds_what_may_lie_in_it_and_nothing_undated():
    turn = act("turn", earliest=date(2023, 12, 20), latest=date(2024, 1, 5))
    acts = (turn, act("undated", earliest=None, latest=None), act("in"))
    assert [a.token for a in filter_acts(acts, year=2024)] == ["turn"]
    assert [a.token for a in filter_acts(acts, year=2023)] == ["turn", "in"]


def test_a_row_speaks_the_readers_language_and_keeps_the_decimal():
    row = to_row(act(amount=Decimal("20000"), currency="CNY", sum_role="demanded"), "ko")
    assert row["act_label"] == "금품 갈취"
    assert (row["place_name"], row["status"], row["sum_role"]) == ("회령", "확인", "요구")
    assert (row["amount"], row["currency"]) == ("20000", "CNY")


def test_a_row_leaves_the_unknown_empty():
    row = to_row(act(earliest=None, latest=None, edtf="", place=""), "en")
    assert row["amount"] == row["currency"] == row["sum_role"] == row["earliest"] == row["place_name"] == ""


def test_a_place_outside_the_gazetteer_keeps_its_key():
    assert to_row(act(place="nowhere"), "en")["place_name"] == "nowhere"


def test_an_act_with_an_unknown_code_is_refused():
    with pytest.raises(KeyError):
        to_row(act(kind="sorcery"), "en")


def test_no_field_of_an_act_or_its_row_can_hold_a_source():
    names = {f.name for f in fields(Act)} | set(to_row(act(), "en"))
    assert not {
        n for n in names if any(w in n for w in ("source", "report", "contact", "account", "relay", "via"))
    }
