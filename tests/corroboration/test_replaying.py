"""The same accounts give the same verdicts: in batches of any size, through a file, however strings are hashed."""

import itertools
import json
import os
import subprocess
import sys

import pytest
from bench.events import account as as_account
from bench.events import rows_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nightdesk.corroboration import Desk, load, origins, save

CALL = [sys.executable, "-c", "from nightdesk.cli import main; main()", "corroborate", "--summary"]


@pytest.fixture(scope="module")
def mixed():
    """Notes in three languages and news, as they would come in one stream; of the part that may be looked at."""
    return [as_account(row) for hand in "abcdef" for row in rows_of(hand, "tune")[:15]]


@pytest.fixture(scope="module")
def once(mixed):
    desk = Desk()
    return [desk.add(a) for a in mixed], list(origins(desk)), desk.merges


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.integers(0, 90), max_size=4))
def test_batches_of_any_size_give_the_same(mixed, once, tmp_path, cuts):
    desk, verdicts = Desk(), []
    edges = [0, *sorted(cuts), len(mixed)]
    for start, end in itertools.pairwise(edges):
        verdicts += [desk.add(a) for a in mixed[start:end]]
        save(desk, tmp_path / "s")
        desk = load(tmp_path / "s")
    assert (verdicts, list(origins(desk)), desk.merges) == once


def test_it_gives_the_same_bytes_however_strings_are_hashed(mixed, tmp_path):
    lines = "\n".join(
        json.dumps(
            {
                "id": a.id,
                "text": a.text,
                "lang": a.lang,
                "on": str(a.on) if a.on else None,
                "source": a.source,
            }
        )
        for a in mixed
    )
    printed, states = set(), set()
    for seed in ("0", "1", "20231215"):
        state = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [*CALL, "--state", str(state)],
            input=lines,
            capture_output=True,
            text=True,
            check=True,
            env=environment,
        )
        printed.add(done.stdout)
        states.add(state.read_bytes())
    assert (len(printed), len(states)) == (1, 1)


def test_looking_at_origins_and_reasons_between_accounts_changes_nothing(mixed, once):
    from nightdesk.corroboration import explain_scores

    desk, verdicts = Desk(), []
    for a in mixed:
        verdicts.append(desk.add(a))
        explain_scores(desk)
        list(origins(desk, [a.id]))
        desk.together([a.id])
    assert verdicts == once[0]
