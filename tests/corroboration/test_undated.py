"""What stands in for what a note leaves out: when it was told, what comes of an act, and signs alone."""

from datetime import date, timedelta
from math import log1p

import numpy as np
import pytest
from bench._fit_events import less

from nightdesk.corroboration import Account, Desk, index
from nightdesk.corroboration.compare import Wording, compare
from nightdesk.corroboration.decide import says
from nightdesk.corroboration.tell import tell

FIRE = "A fire took eight homes in Hyesan on 3 December."
UNDATED = "Eight homes burned down in Hyesan."


def told(id, text, on=date(2024, 12, 5), lang="en", source=None):
    return tell(Account(id, text, lang, on, source))


def features(newer, older):
    return compare(newer, older, Wording()).features


def test_a_note_without_a_day_is_held_against_the_day_of_the_other_by_when_it_was_told():
    dated, later = told("a", FIRE), told("b", UNDATED, date(2024, 12, 8))
    assert features(later, dated)["since"] == pytest.approx(log1p(5))
    assert features(dated, later)["since"] == pytest.approx(log1p(5))
    assert "undated" not in features(later, dated)


def test_two_notes_without_a_day_are_held_against_each_other_by_when_they_were_told():
    one, other = told("a", UNDATED), told("b", UNDATED, date(2024, 12, 8))
    assert features(other, one)["undated"] == pytest.approx(log1p(3))
    assert "since" not in features(other, one)


def test_days_after_the_event_speak_for_it_and_weeks_do_not():
    assert says("since", log1p(3)) > 0 > says("since", log1p(40))


def test_what_comes_of_an_act_is_later_by_nature():
    arrest = told("a", "She was arrested in Hyesan on 3 November.", date(2024, 11, 5))
    release = told("b", "She was released in Hyesan on 3 December.")
    again = told("c", "She was arrested in Hyesan on 3 December.")
    assert "date_after" in features(release, arrest) and "date_after" not in features(again, arrest)
    assert says("date_apart_later", 1.0) < says("date_after", 1.0)


def test_another_sum_says_less_where_one_does_not_say_whether_it_was_asked_or_paid():
    demand = told("a", "Agents in Hyesan demanded 15,000 yuan from a broker.")
    paid = told("b", "The broker in Hyesan paid 9,000 yuan.")
    bare = told("c", "With the broker in Hyesan it is about 9,000 yuan.")
    assert "sum_beside" in features(bare, demand) and "sum_apart" not in features(bare, demand)
    assert not {"sum_beside", "sum_apart"} & set(features(paid, demand))


def test_of_accounts_that_are_alike_those_told_near_are_compared(monkeypatch):
    monkeypatch.setattr(index, "CANDIDATES", 1)
    desk = Desk()
    for id, on in (("far", date(2024, 11, 1)), ("near", date(2024, 12, 3)), ("farther", date(2024, 10, 20))):
        desk.take(told(id, FIRE, on), FIRE)
    desk.take(told("new", FIRE), FIRE)
    assert [desk.ledger.id(match.number) for match in desk.matches] == ["near"]


def test_what_is_alike_by_signs_alone_is_compared_as_what_is_alike_by_words(monkeypatch):
    monkeypatch.setattr(index, "AWAY_VOTE", 0.0)
    found = index.Index()
    found._seen.more(2)
    found._days.more(2)
    found._seen.rows[:2] = (10.0, 2.0)
    found._norms, found._dots[:2], found._signs[:2] = (10.0, 2.0), (4.0, 4.0), (0.0, 4.0)
    plain, alike = found._worth(np.array([0, 1]), None)
    assert (plain, alike) == pytest.approx((0.04 * index.WORDS_VOTE, index.WORDS_VOTE))


def test_what_weights_are_fitted_to_leaves_out_the_same_facts_every_time():
    whole = [told(str(i), FIRE, date(2024, 12, 5) + timedelta(i)) for i in range(40)]
    thinned = [less(one, 1) for one in whole]
    assert thinned == [less(one, 1) for one in whole]
    assert 4 < sum(not one.facts.dates for one in thinned) < 24
    assert thinned != [less(one, 2) for one in whole]
    assert all(one.facts.kind == other.facts.kind for one, other in zip(whole, thinned, strict=True))


def test_a_written_report_leaves_nothing_out():
    report = told("r", "The council met. " * 40)
    assert report.facts.document and less(report, 1) == report
