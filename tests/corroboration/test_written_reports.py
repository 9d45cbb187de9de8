"""English texts without a teller are written reports: compared by words, names and days, and never read."""

from datetime import date, timedelta

import pytest

from nightdesk.corroboration import Account, Desk, assess
from nightdesk.corroboration.desk import UNREAD, read_beginning
from nightdesk.corroboration.gather import DOCUMENT, WRITTEN, is_document

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
    monkeypatch.setattr("nightdesk.corroboration.desk.read", lambda *told: pytest.fail("it was read"))
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
