"""`nightdesk corroborate --state --corrections`: it goes on, is written anew, and a bad line is named."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from nightdesk.cli import main
from nightdesk.corroboration import load

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/formats/corroboration.schema.json").read_text("utf-8"))
MUSAN = "무산군에서 어제 보위원이 상인의 집을 수색해 손전화를 회수했다."


def run(lines, *options):
    return CliRunner().invoke(main, ["corroborate", *map(str, options)], input="\n".join(lines))


def objects(result):
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    for row in rows:
        Draft202012Validator(SCHEMA).validate(row)
    return rows


@pytest.fixture
def line(account):
    def make(id, text="", **more):
        made = account(id, text, **more)
        told = {
            "id": id,
            "text": made.text,
            "lang": made.lang,
            "on": str(made.on),
            "source": made.source,
            "basis": made.basis,
        }
        return json.dumps(told, ensure_ascii=False)

    return make


@pytest.fixture
def corrected(tmp_path):
    def make(*rows):
        path = tmp_path / "corrections.jsonl"
        path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), "utf-8")
        for row in rows:
            if isinstance(row, dict) and row["kind"] != "merge":
                Draft202012Validator({"$ref": "#/$defs/correction", "$defs": SCHEMA["$defs"]}).validate(row)
        return path

    return make


def test_a_day_in_two_calls_is_what_it_is_in_one(line, tmp_path):
    lines = [line("a"), line("m", MUSAN), line("b"), line("n", MUSAN, source="another")]
    state = tmp_path / "s"
    first, second = run(lines[:2], "--state", state), run(lines[2:], "--state", state, "--summary")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert objects(first) + objects(second) == objects(run(lines, "--summary"))


def test_the_state_is_written_anew_each_time(line, tmp_path):
    state = tmp_path / "s"
    for n, id in enumerate("abc", 1):
        run([line(id)], "--state", state)
        assert len(load(state).ledger.ids()) == n
    assert {p.name for p in tmp_path.iterdir()} == {"s"}


def test_an_id_of_an_earlier_call_is_a_duplicate_and_the_rest_is_kept(line, tmp_path):
    state = tmp_path / "s"
    run([line("a")], "--state", state)
    result = run([line("a"), line("b")], "--state", state)
    assert result.exit_code == 1
    assert "line 1: two accounts have the id 'a'; give each its own" in result.stderr
    assert load(state).ledger.ids() == ["a", "b"]


def test_a_damaged_state_stops_before_anything_is_read_and_stays_as_it_is(line, tmp_path):
    state = tmp_path / "s"
    run([line("a")], "--state", state)
    damaged = state.read_bytes()[:-30]
    state.write_bytes(damaged)
    result = run([line("b")], "--state", state)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "take the copy before it" in result.stderr and "Traceback" not in result.stderr
    assert state.read_bytes() == damaged


def test_a_state_that_cannot_be_written_is_said_after_the_verdicts(line, tmp_path):
    result = run([line("a")], "--state", tmp_path / "nowhere" / "s")
    assert result.exit_code == 1
    assert [row["id"] for row in objects(result)] == ["a"]
    assert "the state was not written" in result.stderr


def test_corrections_win_over_the_engine(line, corrected):
    split = corrected({"kind": "split", "account": "b", "other": "a", "why": "two brokers"})
    events = [row["event"] for row in objects(run([line("a"), line("b")], "--corrections", split))]
    assert events == ["e1", "e2"]


def test_corrections_of_what_the_state_holds_are_followed_and_printed_first(line, corrected, tmp_path):
    state = tmp_path / "s"
    run([line("a"), line("b"), line("m", MUSAN)], "--state", state)
    join = corrected({"kind": "join", "account": "m", "other": "a", "why": "one household"})
    assert objects(run([], "--state", state, "--corrections", join)) == [
        {"merge": ["e2", "e1"], "into": "e1"}
    ]
    split = corrected({"kind": "split", "account": "b", "other": "a", "why": "two brokers"})
    assert objects(run([], "--state", state, "--corrections", split)) == [
        {"id": "b", "event": "e3", "links": []}
    ]
    assert objects(run([], "--state", state, "--corrections", split)) == []  # known: it is not done twice
    assert len(load(state).corrections.all) == 2


GOOD = {"kind": "split", "account": "b", "other": "a", "why": ""}


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{not json", "is not JSON"),
        ("[]", "is not a JSON object with kind, account and other"),
        ('{"kind": "join", "account": "a"}', "has no other"),
        ('{"kind": "join", "account": 7, "other": "a"}', "has account that is not text"),
        ({"kind": "merge", "account": "a", "other": "b"}, "join, split, not independent"),
        ({"kind": "join", "account": "a", "other": "a"}, "'a' with itself"),
        ({"kind": "join", "account": "a", "other": "b"}, "take one back"),
    ],
)
def test_a_bad_correction_is_named_by_its_line_and_nothing_is_done(line, corrected, tmp_path, bad, said):
    state = tmp_path / "s"
    run([line("a")], "--state", state)
    before = state.read_bytes()
    result = run([line("b")], "--state", state, "--corrections", corrected(GOOD, "", bad))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "line 3 of the corrections: " in result.stderr and said in result.stderr
    assert state.read_bytes() == before


def test_corrections_that_are_not_utf8_are_named(line, tmp_path):
    path = tmp_path / "c"
    path.write_bytes(b'{"kind": "join", "account": "\xff", "other": "a"}\n')
    result = run([line("a")], "--corrections", path)
    assert result.exit_code == 1 and "line 1 of the corrections: is not UTF-8" in result.stderr


def test_every_line_fits_the_schema_with_everything_there_is(line, corrected, tmp_path):
    reports = [line("a"), line("m", MUSAN), line("b", lang="ko", source="teller of a"), line("s", "돈")]
    third = line("c", "회령과 무산군에서 보위원이 브로커와 상인의 집을 수색해 2만 위안과 손전화를 회수했다.")
    joined = corrected({"kind": "join", "account": "c", "other": "m", "why": ""})
    result = run([*reports, third], "--summary", "--corrections", joined, "--state", tmp_path / "s")
    assert result.exit_code == 0
    kinds = {frozenset(row) & {"links", "merge", "reports"} for row in objects(result)}
    assert {frozenset({"links"}), frozenset({"reports"})} <= kinds


def test_an_account_that_tells_of_two_events_says_so_within_the_schema():
    from nightdesk.cli.corroborate import _lines
    from nightdesk.corroboration import Verdict

    (row,) = _lines(Verdict("a", "e1", (), also=("e2", "e5")), [])
    assert row == {"id": "a", "event": "e1", "links": [], "also": ["e2", "e5"]}
    Draft202012Validator(SCHEMA).validate(row)
