"""One by one or all at once: the same accounts give the same verdicts."""

import json
import os
import subprocess
import sys

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nightdesk.corroboration import Desk, assess, conclude, final_event


def test_one_by_one_gives_what_all_at_once_gives(sample):
    desk = Desk()
    verdicts = tuple(desk.add(a) for a in sample)
    assert conclude(desk, verdicts) == assess(sample)
    assert verdicts == assess(sample).verdicts


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_what_comes_later_never_changes_an_earlier_verdict(sample, data):
    cut = data.draw(st.integers(0, len(sample)))
    assert assess(sample[:cut]).verdicts == assess(sample).verdicts[:cut]


def test_events_are_numbered_in_order_of_first_mention(sample):
    events = [v.event for v in assess(sample).verdicts if v.event]
    assert list(dict.fromkeys(events)) == [f"e{n}" for n in range(1, len(set(events)) + 1)]


def test_two_events_that_a_third_account_shows_to_be_one_are_merged(account):
    visit = "회령에서 12월 9일 보위원 두 명이 송금 브로커를 찾아갔다. 이달 20일까지 돈을 마련하라고 했다."
    sum_only = "Word from the north: 20,000 yuan was demanded because of a list of mobile numbers."
    both = (
        "On December 9 two State Security agents in Hoeryong demanded 20,000 yuan from a remittance broker by "
        "December 20. They held a list of mobile numbers."
    )
    accounts = [account("a", visit), account("b", sum_only, lang="en"), account("c", both, lang="en")]
    result = assess(accounts)
    assert [v.event for v in result.verdicts] == ["e1", "e2", "e1"]
    assert result.merges == (("e2", "e1"),)
    assert {final_event(result, i) for i in "abc"} == {"e1"}
    assert [o.reports for o in result.events] == [("a", "b", "c")]
    assert {k.to for k in result.verdicts[2].links} == {"a", "b"}


def test_the_same_input_gives_the_same_bytes_however_strings_are_hashed(sample):
    lines = "\n".join(
        json.dumps({"id": a.id, "text": a.text, "lang": a.lang, "on": str(a.on)}) for a in sample
    )
    call = [sys.executable, "-c", "from nightdesk.cli import main; main()", "corroborate", "--summary"]
    told = {
        subprocess.run(
            call,
            input=lines,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1 and all(told)


def test_nothing_at_all_gives_nothing():
    result = assess([])
    assert (result.verdicts, result.events, result.merges) == ((), (), ())


def test_a_reading_can_be_handed_in_instead_of_made(sample):
    asked = []

    def read_account(account):
        from nightdesk.corroboration.tell import read_beginning

        asked.append(account.id)
        return read_beginning(account)

    assert assess(sample, read_account=read_account) == assess(sample)
    assert asked == [a.id for a in sample]
