"""Days from contact to release: a short wait, a habit of a source or a relay, and days that cannot be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nightdesk.disclosure import Archive, DisclosureError, Earlier, remember
from nightdesk.disclosure.rules.lag import Contact, Wait, quiet_from
from nightdesk.disclosure.sentences import sentence

KO = "주민들이 모였다."


def past(*lags: int, **more) -> list[dict]:
    """Stories a week apart, the latest last, released so many days after their contact."""
    days = [date(2023, 9, 4) + timedelta(weeks=n) for n in range(len(lags))]
    return [{"id": f"S{n}", "released_on": on.isoformat(), "text": KO, "source": "wren",
             "contact": (on - timedelta(lag)).isoformat()} | more
            for n, (on, lag) in enumerate(zip(days, lags, strict=True))]  # fmt: skip


@pytest.fixture
def waits(look, story):
    """The findings about waiting; the story is released so many days after its contact (15 December)."""

    def of(lag: int, earlier: list[dict], **more) -> list:
        raw = story(ko=KO, **more) | {"earlier": earlier}
        raw["release_on"] = (date(2023, 12, 15) + timedelta(lag)).isoformat()
        return [
            f for f in look(raw)[1].findings if "lag" in f.why_key or f.why_key == "contact_after_release"
        ]

    return of


def test_a_release_two_days_after_the_contact_is_a_note_that_names_a_week_to_hold_it_to(waits) -> None:
    (found,) = waits(2, [])
    assert (found.class_, found.severity, found.why_key, found.offers) == (
        "contact day",
        "note",
        "lag_short",
        (),
    )
    assert (found.values["hold_from"], found.values["hold_until"]) == ("2023-12-22", "2023-12-29")
    assert "22 December 2023" in found.why and "2023년 12월 22일" in sentence(found, "ko")


def test_three_days_without_a_habit_are_nothing(waits) -> None:
    assert waits(3, []) == [] and waits(3, past(1, 9, 3, 3)) == []


def test_what_everybody_knows_says_nothing_of_who_called(waits) -> None:
    assert waits(1, [], kind="public", low=900, high=90000) == []


@pytest.mark.parametrize(("lags", "key", "count", "of"), [
    ((5, 5, 5, 5, 5, 5, 5, 9), "lag_often", 7, 8),
    ((5, 5, 5, 9, 5, 5), "lag_often", 5, 6),
    ((4, 5, 4, 5, 4, 5, 9, 4), "lag_near_often", 7, 8),
])  # fmt: skip
def test_one_story_that_waited_otherwise_hides_no_habit(waits, lags, key, count, of) -> None:
    (found,) = waits(5, past(*lags))
    assert (found.severity, found.why_key, found.values["count"], found.values["of"]) == (
        "amber",
        key,
        count,
        of,
    )
    assert f"{count} of the last {of} stories" in found.why and f"{of}건 가운데 {count}건" in sentence(
        found, "ko"
    )


@pytest.mark.parametrize(
    ("lags", "key"), [((3, 3, 3, 9, 3, 3), "lag_often_via"), ((2, 3, 2, 3, 2, 3, 9, 2), "lag_near_often_via")]
)
def test_nor_a_habit_of_a_relay(look, story, lags, key) -> None:
    raw = story(ko=KO) | {"earlier": past(*lags, source="crane", via="relay-yanji")}
    raw["reports"][0]["via"] = "relay-yanji"
    (found,) = [f for f in look(raw)[1].findings if "lag" in f.why_key]
    assert (found.why_key, found.for_) == (key, "carrier") and "같은 전달자" in sentence(found, "ko")


def test_half_of_the_last_stories_are_no_habit(waits) -> None:
    assert waits(5, past(5, 1, 5, 9, 5, 1, 5, 9)) == []


def test_the_last_three_stories_after_as_many_days_are_a_habit(waits) -> None:
    (found,) = waits(5, past(9, 5, 5, 5))
    assert (found.severity, found.why_key, found.values["lag"], found.values["count"]) == (
        "amber",
        "lag_same",
        5,
        3,
    )
    assert date.fromisoformat(found.values["hold_from"]) == date(2023, 12, 23)


def test_a_habit_that_was_broken_is_none(waits) -> None:
    assert waits(5, past(5, 5, 5, 9)) == []


def test_five_stories_within_a_day_are_a_habit_too(waits) -> None:
    (found,) = waits(5, past(4, 5, 5, 4, 4))
    assert (found.why_key, found.values["low"], found.values["high"]) == ("lag_near", 4, 5)
    assert waits(5, past(4, 5, 6, 4, 4)) == [] and waits(5, past(4, 5, 5, 4)) == []


def test_another_sources_habit_is_not_this_ones(waits) -> None:
    assert waits(5, past(5, 5, 5, source="crane")) == []


def test_a_relays_habit_shows_whatever_the_source(waits, look, story) -> None:
    raw = story(ko=KO) | {"earlier": past(3, 3, 3, source="crane", via="relay-yanji")}
    raw["reports"][0]["via"] = "relay-yanji"
    (found,) = [f for f in look(raw)[1].findings if "lag" in f.why_key]
    assert (found.why_key, found.for_) == ("lag_same_via", "carrier") and "relay-yanji" not in str(
        found.values
    )


def test_without_the_days_of_earlier_contacts_no_habit_is_seen(waits) -> None:
    earlier = [{k: v for k, v in one.items() if k != "contact"} for one in past(5, 5, 5)]
    assert waits(5, earlier) == []


@pytest.mark.parametrize(("kept", "said"), [(True, False), (False, True)])
def test_a_past_without_days_of_contacts_is_said(look, story, kept, said) -> None:
    earlier = past(5, 9)
    raw = story(ko=KO) | {
        "earlier": earlier if kept else [{k: v for k, v in one.items() if k != "contact"} for one in earlier]
    }
    assert ("waits" in look(raw)[1].cannot_estimate_keys) is said
    assert "waits" not in look(story(ko=KO))[1].cannot_estimate_keys


def test_a_report_later_than_the_release_is_said(waits) -> None:
    (found,) = waits(-2, [])
    assert (found.why_key, found.severity) == ("contact_after_release", "amber")


def test_an_earlier_contact_after_its_release_is_refused(waits) -> None:
    with pytest.raises(DisclosureError, match="'contact' is after 'released_on' in the entry with id 'S0'"):
        waits(5, past(-1))


def test_the_last_contact_counts_and_an_index_says_the_same(story, look) -> None:
    raw = story(ko=KO) | {"earlier": past(2, 2, 2)}
    raw["reports"].append({**raw["reports"][0], "id": "r2", "on": "2023-12-16"})
    raw["claims"].append({**raw["claims"][0], "id": "c2", "report": "r2"})
    raw["editions"]["ko"][0]["claims"] = ["c1", "c2"]
    (found,) = [f for f in look(raw)[1].findings if "lag" in f.why_key]
    assert (found.why_key, found.values["lag"]) == ("lag_same", 2)


def test_only_the_latest_waits_are_held_and_each_story_once() -> None:
    one = [
        Earlier(f"S{n}", date(2023, 1, 1) + timedelta(n), KO, "wren", contact=date(2023, 1, 1))
        for n in range(30)
    ]
    archive = Archive(remember(each, "KP") for each in [*one, *one])
    assert archive.lags("source", "wren") == tuple(range(22, 30))
    assert archive.lags("source", "heron") == () and archive.lags("via", "wren") == ()


def told_by_two(story, lags: list[int], others: list[int], on: str) -> dict:
    """A draft of 18 December on wren and, with the last contact on another day, on heron; both have a past."""
    raw = story(ko=KO)
    raw["reports"].append({**raw["reports"][0], "id": "r2", "source": "heron", "on": on})
    raw["claims"].append({**raw["claims"][0], "id": "c2", "source": "heron", "report": "r2"})
    raw["editions"]["ko"][0]["claims"] = ["c1", "c2"]
    heron = [{**one, "id": f"H{n}"} for n, one in enumerate(past(*others, source="heron"))]
    return raw | {"earlier": [*past(*lags), *heron], "release_on": "2023-12-16"}


@pytest.mark.parametrize(("lags", "others"), [
    ([], [16, 16, 16]),  # in the middle of what would have been offered for wren
    ([10, 10, 10], [12, 11, 12, 11, 12]),
    ([8, 9, 8, 9, 8, 9, 20, 8], [14, 14, 14, 3, 14, 14]),
])  # fmt: skip
def test_each_day_of_the_week_on_offer_suits_everybody_behind_the_draft(story, look, lags, others) -> None:
    raw = told_by_two(story, lags, others, "2023-12-14")
    found = [f for f in look(raw)[1].findings if "lag" in f.why_key]
    weeks = {(f.values["hold_from"], f.values["hold_until"]) for f in found}
    assert len(found) == 2 and len(weeks) == 1, "one week for the draft"
    first = date.fromisoformat(found[0].values["hold_from"])
    for n in range(8):
        held = {**raw, "release_on": (first + timedelta(n)).isoformat()}
        assert [f.why_key for f in look(held)[1].findings if "lag" in f.why_key] == []


def test_a_week_is_on_offer_though_no_week_is_quiet() -> None:
    """A day that everybody's habits spoil stays a day to choose: the review says on it what it says."""
    every = [
        Wait(Contact("wren", None, date(2023, 12, 1), 1), (("source", (lag,) * 8),)) for lag in range(80)
    ]
    assert quiet_from(date(2023, 12, 8), every) == date(2023, 12, 8)
