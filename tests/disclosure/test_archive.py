"""What was released before, as an index: found by value, whatever the order, and never one story twice."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from nightdesk.disclosure import Archive, Earlier, Knowers, remember, review
from nightdesk.disclosure.wire import parse

SUM = "Agents took RMB 7,000, a source said."


def entry(id: str, text: str, on: str = "2023-10-02", **more) -> dict:
    return {"id": id, "released_on": on, "text": text} | more


def history(look, raw) -> dict[str, object]:
    return {f.why_key: f for f in look(raw)[1].findings if f.class_ == "history"}


def test_an_index_and_the_stories_themselves_give_one_review(look, sample) -> None:
    one, found = look(sample)
    archive = Archive(remember(each, "KP") for each in one.history)
    assert review(one.draft, one.evidence, archive, one.tables, one.draft.release_on) == found


def test_the_order_of_the_past_changes_nothing() -> None:
    past = [
        remember(Earlier(f"S{n % 7}", date(2023, 1, 1) + timedelta(n % 11), SUM, f"s{n % 3}"), "KP")
        for n in range(40)
    ]
    shuffled = Random(1).sample(past, len(past))
    assert vars(Archive(past)) == vars(Archive(shuffled))


def test_many_stories_with_one_sum_are_one_finding_that_counts_them(look, story) -> None:
    raw = story(en="An agent took RMB 7,000.")
    raw["earlier"] = [entry(f"S{n}", SUM, f"2023-10-{n:02}") for n in range(1, 4)]
    found = history(look, raw)["history_sum_many"]
    assert (found.values["count"], found.values["earlier"]) == (3, "S3") and "3 earlier stories" in found.why


def test_two_sources_of_one_story_are_one_story(look, story) -> None:
    raw = story(en="An agent took RMB 7,000.")
    raw["earlier"] = [entry("S1", SUM, source=source) for source in ("heron", "crane")]
    assert history(look, raw)["history_sum"].values["count"] == 1


def test_what_twenty_one_stories_said_is_a_note(look, story) -> None:
    raw = story(en="An agent took RMB 7,000.")
    raw["earlier"] = [entry(f"S{n}", SUM, f"2023-10-{n:02}") for n in range(1, 22)]
    assert history(look, raw)["history_sum_many"].severity == "note"


def test_a_province_here_and_its_town_before_are_read_at_the_finest(look, story) -> None:
    raw = story(en="Agents came to a house in Ryanggang Province.", ko="양강도의 한 집에 보위원들이 왔다.")
    raw["earlier"] = [entry("S1", "A nurse in Hyesan was questioned.", source="wren")]
    found = history(look, raw)["history_finer_place"]
    assert found.severity == "amber" and not found.offers and found.values["earlier"] == "S1"


def test_a_month_here_and_its_day_before_are_read_at_the_finest(look, story) -> None:
    raw = story(en="Agents came to a house in October.")
    raw["earlier"] = [entry("S1", "A nurse was questioned on 3 October.", "2023-10-09", source="wren")]
    assert "history_finer_day" in history(look, raw)


def test_another_source_is_not_read_beside(look, story) -> None:
    raw = story(en="Agents came to a house in Ryanggang Province in October.")
    raw["earlier"] = [entry("S1", "A nurse in Hyesan was questioned on 3 October.", source="crane")]
    assert not any("finer" in key for key in history(look, raw))


@pytest.mark.parametrize(("now", "said"), [("Hoeryong | households | 42", True), ("Hoeryong | households | 40", True),
                                           ("Hoeryong | households | 41", False), ("Hoeryong | households | 60", False),
                                           ("Musan | households | 42", False)])  # fmt: skip
def test_a_row_that_differs_by_one_from_what_was_released_is_red(look, story, now, said) -> None:
    raw = story(en=now)
    raw["earlier"] = [entry("data, week 49", "Hoeryong | households | 41\nHyesan | households | 90")]
    found = history(look, raw).get("row_by_little")
    assert (found is not None) == said and (not said or found.severity == "red")


def test_the_narrowest_circle_of_the_past_narrows_what_one_source_told(look, story) -> None:
    raw = story(en="An agent took RMB 7,000.", kind="neighbours", low=40, high=200)
    known = {"kind": "workplace", "low": 5, "high": 12}
    raw["earlier"] = [entry("S1", "A factory closed.", source="wren", knowers=known)]
    (found,) = [f for f in look(raw)[1].findings if f.why_key == "circles_past"]
    assert (found.before.low, found.before.high) == (1, 12) and found.for_ == "source"


def test_what_is_held_grows_with_values_and_not_with_stories() -> None:
    def one(n: int):
        return remember(
            Earlier(f"S{n}", date(2020, 1, 1) + timedelta(n), SUM, "wren", False, Knowers("party", 3, 9)),
            "KP",
        )

    assert len(Archive(map(one, range(5)))._by) == len(Archive(map(one, range(200)))._by)


def test_the_knowers_of_an_earlier_story_are_read(story) -> None:
    raw = story(en="A broker came.")
    raw["earlier"] = [entry("S1", "x", source="wren", knowers={"kind": "party", "low": 1, "high": 4})]
    assert parse(raw).history[0].knowers == Knowers("party", 1, 4)
