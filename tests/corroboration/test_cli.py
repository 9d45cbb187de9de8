"""`nightdesk corroborate`, as its users call it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from nightdesk.cli import main

FORMATS = Path(__file__).parents[2] / "docs" / "formats"
SCHEMA = json.loads((FORMATS / "corroboration.schema.json").read_text("utf-8"))


def run(text, *options):
    return CliRunner().invoke(main, ["corroborate", *options], input=text)


@pytest.fixture(scope="module")
def reports(sample):
    rows = [
        {"id": a.id, "text": a.text, "lang": a.lang, "on": a.on.isoformat(), "source": a.source,
         "via": a.via, "basis": a.basis}
        for a in sample
    ]  # fmt: skip
    return [json.dumps(row, ensure_ascii=False) for row in rows]


def objects(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_every_line_in_and_out_fits_the_schema(reports):
    Draft202012Validator.check_schema(SCHEMA)
    line_in = Draft202012Validator({"$ref": "#/$defs/report", "$defs": SCHEMA["$defs"]})
    line_out = Draft202012Validator(SCHEMA)
    result = run("\n".join(reports), "--summary")
    assert result.exit_code == 0, result.output
    for row in map(json.loads, reports):
        line_in.validate(row)
    for row in objects(result):
        line_out.validate(row)


def test_a_report_gets_its_line_in_order_of_arrival(reports):
    rows = objects(run("\n".join(reports)))
    assert [row["id"] for row in rows] == [json.loads(line)["id"] for line in reports]
    by_id = {row["id"]: row for row in rows}
    assert by_id["R04"]["event"] == by_id["R02"]["event"]
    assert by_id["R09"] == {"id": "R09", "event": None, "links": []}
    assert by_id["R07"]["links"][0]["field"] == "amount"


def test_the_summary_has_one_line_an_event(reports):
    rows = [row for row in objects(run("\n".join(reports), "--summary")) if "reports" in row]
    assert len(rows) == 6
    broker = next(row for row in rows if "R02" in row["reports"])
    assert (broker["independent_origins"], broker["at_least"]) == (2, 1)


def test_an_explanation_is_words_with_the_sum_behind_the_score(reports):
    result = run("\n".join(reports), "--explain", "R07")
    assert result.exit_code == 0
    assert "disputes R02" in result.stdout and "sum_apart -" in result.stdout and "bias " in result.stdout


def test_explaining_a_report_that_never_came_is_refused_in_one_sentence(reports):
    result = run(reports[0], "--explain", "R99")
    assert result.exit_code == 1
    assert "R99" in result.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{not json", "is not JSON"),
        ("[1, 2]", "is not a JSON object"),
        ('{"text": "x", "lang": "ko"}', "has no id"),
        ('{"id": "x", "lang": "ko"}', "has no text"),
        ('{"id": "x", "text": "  ", "lang": "ko"}', "has no text"),
        ('{"id": 7, "text": "x", "lang": "ko"}', "has id that is not text"),
        ('{"id": "x", "text": "x", "lang": "tlh"}', "'tlh'"),
        ('{"id": "x", "text": "x", "lang": "en", "on": "yesterday"}', "not YYYY-MM-DD"),
        ('{"id": "x", "text": "\\ud800", "lang": "en"}', "half a character"),
        ('{"id": "x", "text": "x", "lang": "en", "n": ' + "1" * 5_000 + "}", "a number that is too long"),
        ('{"id": "R02", "text": "x", "lang": "en"}', "two accounts have the id 'R02'"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_goes_on(reports, line, said):
    result = run("\n".join([reports[0], reports[1], line, reports[2]]))
    assert result.exit_code == 1
    assert "line 3: " in result.stderr and said in result.stderr
    assert len(objects(result)) == 3


def test_bytes_that_are_not_utf8_are_named_and_the_rest_goes_on(reports):
    result = CliRunner().invoke(
        main, ["corroborate"], input=reports[0].encode() + b'\n{"id": "x", "text": "\xff", "lang": "en"}\n'
    )
    assert result.exit_code == 1
    assert "line 2: is not UTF-8" in result.stderr
    assert len(objects(result)) == 1


def test_a_merge_is_one_line_before_the_verdict_it_came_with():
    from nightdesk.cli.corroborate import _lines
    from nightdesk.corroboration import Verdict

    lines = list(_lines(Verdict("a", "e3", ()), [("e7", "e3")]))
    assert lines == [{"merge": ["e7", "e3"], "into": "e3"}, {"id": "a", "event": "e3", "links": []}]
    for line in lines:
        Draft202012Validator(SCHEMA).validate(line)


def test_nothing_in_gives_nothing_out():
    result = run("\n\n", "--summary")
    assert (result.exit_code, result.output) == (0, "")


def test_an_unknown_option_is_a_wrong_call():
    assert run("", "--unknown").exit_code == 2


def test_the_help_shows_how_it_is_called():
    assert "nightdesk corroborate --summary" in run("", "--help").output
