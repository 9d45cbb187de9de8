"""English texts without a teller are written reports: compared by words, names and days, and never read."""

from datetime import date, timedelta

import pytest

from nightdesk.corroboration import Account, Desk, assess
from nightdesk.corroboration.evidence import Comparison
from nightdesk.corroboration.gather import DOCUMENT, WRITTEN, is_document
from nightdesk.corroboration.grouping import Match, event_scores, sample
from nightdesk.corroboration.tell import UNREAD, read_beginning
from nightdesk.corroboration.words import words

FIRE = (
    "Firefighters spent the night at the Corbett cannery after flames broke out near the boiler room. Fire chief "
    "Odalys Brannock said the cannery's north wall fell in around 2 a.m. and two night watchmen were treated for smoke. "
    "The boilers had been inspected in spring, owner Teodor Lask said. Harbor Street stays closed."
)
FIRE_TOO = (
    "The owner of a cannery that burned overnight says the boilers passed their inspection in spring. Teodor Lask watched "
    "from Harbor Street as the north wall came down. Two watchmen breathed smoke and went home from hospital, according "
    "to chief Odalys Brannock, whose crews left the Corbett plant at noon."
)
VOTE = (
    "The county board voted five to four to close the Eastmere library on Sundays, ending a quarrel of two years over its "
    "roof. Board chairman Wendell Aske called it arithmetic. Readers with petitions filled the gallery, and the librarian, "
    "Imogen Tarr, said the children's hour would move to Saturdays."
)
LETTERS = "She told me that the agents came at night and took the radio. "


def report(id, text, on=date(2024, 3, 4), **more):
    return Account(id, text, "en", on, **more)


def test_two_reports_of_one_fire_are_one_event_and_a_vote_is_another():
    result = assess([report("a", FIRE), report("v", VOTE), report("b", FIRE_TOO, date(2024, 3, 5))])
    assert [o.reports for o in result.events] == [("a", "b"), ("v",)]


def test_days_between_speak_against_one_event():
    scores = []
    for days in (0, 5, 60):
        desk = Desk()
        desk.add(report("a", FIRE))
        desk.add(report("b", FIRE_TOO, date(2024, 3, 4) + timedelta(days=days)))
        scores += [match.score for match in desk.matches]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True) and scores[0] > scores[2]


def test_a_name_counts_as_a_name_in_two_reports_with_hardly_another_word_in_common():
    found = []
    for chief in ("Odalys Brannock", "odalys brannock"):
        desk = Desk()
        desk.add(
            report(
                "a",
                f"Crews of chief {chief} watched a cannery burn, and its north wall came down on the quay. {VOTE}",
            )
        )
        desk.add(
            report(
                "b", f"Half the valley went to hear chief {chief} talk of pumps and of sleep. {LETTERS * 4}"
            )
        )
        found.append(desk.matches[0].seen.features["reports_signs"])
    assert found[0] > found[1]


@pytest.mark.parametrize(
    ("text", "more", "written"),
    [
        (LETTERS * 20, {}, True),
        (LETTERS * 20, {"source": "heron"}, True),
        (LETTERS * 5, {}, True),
        (LETTERS * 5, {"source": "heron"}, False),
        (LETTERS * 5, {"via": "relay-yanji"}, False),
        (LETTERS * 5, {"basis": "eyewitness"}, False),
        (LETTERS, {}, False),
    ],
)
def test_a_written_report_is_long_or_names_nobody_who_told_it(text, more, written):
    assert is_document(report("a", text, **more)) is written
    assert is_document(Account("a", text, "ko", None)) is False


def test_a_written_report_is_not_read_at_all(monkeypatch):
    monkeypatch.setattr("nightdesk.corroboration.tell.read", lambda *told: pytest.fail("it was read"))
    assert read_beginning(report("a", FIRE)) is UNREAD
    assert len(FIRE) > DOCUMENT and len(LETTERS * 20) > WRITTEN
    assert Desk().add(report("a", FIRE)).event == "e1"


def test_a_report_handed_on_word_for_word_repeats_the_first():
    wire = report("b", f"(Harbor Wire) {FIRE}", date(2024, 3, 5))
    (link,) = assess([report("a", FIRE), wire]).verdicts[1].links
    assert link.relation == "repeats"


def test_reports_without_days_are_grouped_by_words_and_names():
    result = assess([report("a", FIRE, None), report("v", VOTE, None), report("b", FIRE_TOO, None)])
    assert [o.reports for o in result.events] == [("a", "b"), ("v",)]


def test_an_event_is_judged_by_all_its_reports_and_not_by_the_one_look_alike():
    """Average linkage: a report like one of an event's accounts, and unlike the others, stands apart."""
    likely, unlikely = 0.8, 0.02
    seen = Comparison({})
    alike = [Match(0, seen, likely), Match(1, seen, unlikely), Match(2, seen, unlikely)]
    scores = event_scores(alike, lambda number: 1, written=True)
    assert scores[1] < 0.5 < event_scores(alike[:1], lambda number: 1, written=True)[1]


def test_an_event_of_many_reports_is_judged_by_its_first_and_its_newest():
    assert sample(range(100)) == [0, 1, 2, 3, 96, 97, 98, 99]
    assert sample([5]) == [5]


def test_ages_told_of_people_bring_reports_together_or_part_them():
    scores = []
    for age in ("The driver, 34, was alone.", "Nobody else was hurt.", "The driver, 71, was alone."):
        desk = Desk()
        desk.add(report("a", f"{FIRE} A 34-year-old man was hit by a car in front of it."))
        desk.add(report("b", f"{FIRE_TOO} {age}"))
        scores.append(desk.matches[0].score)
    assert scores[0] > scores[1] > scores[2]


def test_among_very_many_reports_of_the_same_weeks_a_likeness_must_be_greater():
    desk = Desk()
    desk.add(report("a", FIRE))
    for n in range(80):
        desk.add(report(f"n{n}", f"Number {n}. " + VOTE, date(2024, 3, 1)))
    desk.add(report("b", FIRE_TOO))
    assert any(match.seen.features.get("reports_many", 0) > 0 for match in desk.matches)


def test_a_headline_in_capitals_names_nobody_and_a_dateline_names_a_town():
    found = words(
        "Woman Dies Following Mayo Road Collision\nSHREVEPORT, La. (KSRV) — A woman was hit by a car. "
        + VOTE * 2,
        "en",
    )
    assert "collisio" in found.tokens and "^collision" not in found.tokens
    assert "^shreveport" in found.tokens
    assert found.times[found.tokens.index("collisio")] > 2  # once, in the beginning, and in the headline


def test_what_a_sentence_of_a_headline_names_is_a_name():
    found = words("Police look for Dontrelle Gaines after shots\n" + VOTE, "en")
    assert "^Dontrelle Gaines" in found.tokens
