"""The test bed itself: its draws, its levels, and its truth on a town small enough to count by hand."""

import copy
from datetime import date
from random import Random

from bench.simulation.events import Event, happen
from bench.simulation.following import follow, kept, retold
from bench.simulation.measures import upper
from bench.simulation.population import Person, build, tie
from bench.simulation.presidio import entities
from bench.simulation.said import LEVELS, Said
from bench.simulation.stories import newsroom
from bench.simulation.truth import Reader, Told, World, lookalikes, tellers


def world(size: int = 2000) -> World:
    rng = Random(3)
    people = build(rng, size)
    return World(people, happen(rng, people, 400))


def tiny() -> tuple[World, Event]:
    """Two brokers and a miner in Musan, a broker in Hyesan; one demand, one who only heard of it."""
    rows = [("musan", "broker"), ("musan", "broker"), ("musan", "miner"), ("hyesan", "broker")]
    people = tuple(
        Person(n, town, 0, 0, n, "f", 40 + n, job, None, 0, True, False, None)
        for n, (town, job) in enumerate(rows)
    )
    event = Event(0, "demand", date(2023, 12, 11), 0, 5000, 0, frozenset({0}), frozenset({0, 2}))
    return World(tie(Random(1), people), (event,)), event


def told(event: Event, said: Said) -> Told:
    return Told(event, said, (0,), date(2023, 12, 15), date(2023, 12, 18))


def test_one_seed_gives_the_same_stories() -> None:
    assert newsroom(1, world(), 5) == newsroom(1, world(), 5)


def test_a_more_careful_level_never_says_a_fact_more_finely() -> None:
    for name in LEVELS["careful"]:
        for ranks in zip(*(LEVELS[level][name] for level in LEVELS), strict=True):
            assert list(ranks) == sorted(ranks, reverse=True)


def test_lookalikes_are_those_who_fit_everything_said() -> None:
    town, event = tiny()
    assert lookalikes(town, told(event, Said(place=2, job=2))) == {0, 1}
    assert lookalikes(town, told(event, Said(place=2))) == {0, 1, 2}
    assert lookalikes(town, told(event, Said(job=2))) == {0, 1, 3}


def test_a_detail_is_told_only_by_those_near() -> None:
    town, event = tiny()
    assert tellers(town, told(event, Said(amount=1)), 0) == {0, 2}
    assert tellers(town, told(event, Said(amount=2)), 0) == {0}


def test_a_later_reader_intersects_what_two_stories_leave() -> None:
    town, event = tiny()
    reader = Reader(town)
    assert reader.read([told(event, Said(place=2))]).subjects == {0: 3}
    assert reader.read([told(event, Said(job=2))]).subjects == {0: 2}


def test_subject_and_source_are_always_in_their_own_sets() -> None:
    bed = world()
    for story in (each for stories in newsroom(2, bed, 6).values() for each in stories):
        for one in story.told:
            assert one.event.subject in lookalikes(bed, one)
            assert all(source in tellers(bed, one, source) for source in one.sources)


def test_the_upper_bound_of_no_miss_in_thirty_is_a_ninth() -> None:
    assert abs(upper(0, 30) - 0.1157) < 0.001


def test_words_that_carry_a_fact_stand_where_they_are_said_to_stand() -> None:
    for level in LEVELS:
        for story in newsroom(1, world(), 6)[level]:
            left, of = kept(story, story.alone)
            assert left == of and retold(story, story.alone) == story.told


def test_a_fact_whose_words_are_gone_is_said_less_finely() -> None:
    stories = newsroom(1, world(), 8)["everything"]
    story = next(one for one in stories if one.told and one.told[0].said.job == 2)
    after = copy.deepcopy(story.alone)
    for body in after["editions"].values():
        for row in body:
            for event, fact, paragraph, words in story.marks:
                if (event, fact, paragraph) == (0, "job", row["id"]):
                    row["text"] = row["text"].replace(words, "somebody")
    assert retold(story, after)[0].said.job == 1 and kept(story, after)[0] == kept(story, after)[1] - 1


def test_taking_offers_ends_and_touches_nothing_twice() -> None:
    def reviewer(stories: list) -> list:
        offer = {"edition": "en", "paragraph": "e0", "start": 0, "end": 3, "text": "A"}
        first = [{"severity": "red", "offers": [offer, offer]}]
        return [
            {"findings": first if s["editions"]["en"][0]["text"].startswith("The") else []} for s in stories
        ]

    story = {"editions": {"en": [{"id": "e0", "text": "The end."}]}}
    assert follow([story], reviewer)[0]["editions"]["en"][0]["text"] == "A end."
    assert story["editions"]["en"][0]["text"] == "The end.", "the story itself is left alone"


def test_without_presidio_that_baseline_is_left_out() -> None:
    assert entities([{"editions": {"en": [{"text": "x"}]}}], "/bin/false") is None
