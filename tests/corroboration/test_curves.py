"""What a feature says of one event, where it is no straight line."""

from datetime import date
from math import log

import pytest
from bench._fit_events import BENDS, as_curves, bent, fit

from nightdesk.corroboration import Account, Desk
from nightdesk.corroboration.decide import reasons, says, score
from nightdesk.corroboration.evidence import Comparison
from nightdesk.corroboration.lexicon import curve, curves, weights


def test_a_curve_is_straight_between_its_points_and_level_beyond_them():
    line = curve([(0, 0), (0.2, 1), (0.6, -1)])
    assert [line(x) for x in (-1, 0, 0.1, 0.2, 0.4, 0.6, 2)] == pytest.approx([0, 0, 0.5, 1, 0, -1, -1])


def test_every_feature_has_a_weight_or_a_curve_and_not_both():
    assert not set(curves()) & set(weights())
    with pytest.raises(KeyError):
        says("no such feature", 1.0)


def test_nothing_of_a_likeness_says_nothing_and_more_of_it_says_more():
    for name in ("signs", "words"):
        assert says(name, 0.0) == 0
        assert says(name, 0.3) < says(name, 0.45) < says(name, 0.6)


def test_the_reasons_add_up_to_the_score():
    seen = Comparison({"signs": 0.5, "told_apart": 1.5, "place_same": 1.0, "date_exact": 1.0})
    odds = weights()["bias"] + sum(part for _, part in reasons(seen))
    assert log(score(seen) / (1 - score(seen))) == pytest.approx(odds)


def test_a_value_between_two_points_is_shared_by_them_and_at_nothing_there_is_none():
    assert bent({"signs": 0.225, "sum_same": 1.0}) == pytest.approx(
        {"signs 0.15": 0.5, "signs 0.3": 0.5, "sum_same": 1}
    )
    assert bent({"signs": 0.0}) == {} and bent({"signs": 5.0}) == {"signs 0.6": 1}


def test_a_curve_is_fitted_to_where_pairs_are_and_stands_by_the_prior_elsewhere():
    pairs = [({"signs": 0.45}, True)] * 60 + [({"signs": 0.15}, False)] * 60
    fitted = as_curves(fit(pairs))["signs"]
    assert fitted(0.15) < 0 < fitted(0.45)
    assert set(as_curves({})) == set(BENDS) == set(curves())
    assert as_curves({})["words"](0.6) == pytest.approx(3)


@pytest.mark.parametrize(("days", "feature"), [("5 May", "date_near_later"), ("29 April", "date_near")])
def test_later_days_are_told_apart_from_earlier_ones(days, feature):
    desk = Desk()
    for id, told in (("first", "2 May"), ("second", days)):
        text = f"A fire broke out in the flour mill at Hamhung on {told}, two men died on the stairs."
        desk.add(Account(id, text, "en", date(2024, 5, 8), "a", None, "eyewitness"))
    assert feature in desk.matches[0].seen.features
