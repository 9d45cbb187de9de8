"""One by one or all at once: the same accounts give the same verdicts."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nightdesk.corroboration import Desk, assess, conclude


def test_one_by_one_gives_what_all_at_once_gives(sample):
    desk = Desk()
    verdicts = tuple(desk.add(a) for a in sample)
    assert conclude(desk) == assess(sample)
    assert verdicts == assess(sample).verdicts


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_what_comes_later_never_changes_an_earlier_verdict(sample, data):
    cut = data.draw(st.integers(0, len(sample)))
    assert assess(sample[:cut]).verdicts == assess(sample).verdicts[:cut]


def test_events_are_numbered_in_order_of_first_mention(sample):
    events = [v.event for v in assess(sample).verdicts if v.event]
    assert list(dict.fromkeys(events)) == [f"e{n}" for n in range(1, len(set(events)) + 1)]


def test_nothing_at_all_gives_nothing():
    result = assess([])
    assert (result.verdicts, result.events, result.merges) == ((), (), ())


def test_a_reading_can_be_handed_in_instead_of_made(sample):
    asked = []

    def read_account(account):
        from nightdesk.corroboration.desk import read_beginning

        asked.append(account.id)
        return read_beginning(account)

    assert assess(sample, read_account=read_account) == assess(sample)
    assert asked == [a.id for a in sample]
