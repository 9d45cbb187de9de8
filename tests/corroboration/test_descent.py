"""The picture of who has it from whom."""

import pytest

from nightdesk.corroboration import CorroborationError, assess, descent


@pytest.fixture(scope="module")
def broker(sample):
    result = assess(sample)
    event = next(o.event for o in result.events if "R02" in o.reports)
    return event, descent(result, sample, event)


def edges(picture):
    return {(e.from_, e.to, e.how) for e in picture.edges}


def test_a_route_of_its_own_hangs_on_the_event(broker):
    event, picture = broker
    assert {(event, "R02", "told"), (event, "R06", "told")} <= edges(picture)


def test_a_retelling_hangs_on_what_it_retells_and_a_follow_up_on_its_teller(broker):
    _, picture = broker
    assert {("R02", "R04", "repeats"), ("R02", "R14", "same teller")} <= edges(picture)


def test_words_through_a_relay_hang_on_the_relay(broker):
    event, picture = broker
    assert {(event, "relay:relay-longjing", "told"), ("relay:relay-longjing", "R07", "told")} <= edges(
        picture
    )


def test_every_account_is_reached_once_and_nothing_runs_in_circles(broker):
    event, picture = broker
    reached = [e.to for e in picture.edges]
    assert sorted(reached) == sorted(set(reached))
    order = {node.id: number for number, node in enumerate(picture.nodes)}
    assert all(order[e.from_] < order[e.to] for e in picture.edges)
    assert {*reached, event} == {n.id for n in picture.nodes}


def test_an_unknown_event_is_refused(sample):
    with pytest.raises(CorroborationError, match="e99"):
        descent(assess(sample), sample, "e99")
