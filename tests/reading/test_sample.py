"""The sample newsroom's reports are read as a careful reader reads them."""

import json
from datetime import date
from importlib.resources import files

import pytest

from nightdesk.reading import read

SAMPLE = files("nightdesk.demo") / "sample"


def lines(name: str) -> dict[str, dict]:
    return {row["id"]: row for row in map(json.loads, (SAMPLE / name).read_text("utf-8").splitlines())}


REPORTS, GOLD = lines("reports.jsonl"), lines("reading.jsonl")


@pytest.mark.parametrize("report", REPORTS, ids=str)
@pytest.mark.parametrize("told", [True, False], ids=["language told", "language by its letters"])
def test_every_gold_span_is_found_with_its_value(report: str, told: bool) -> None:
    row = REPORTS[report]
    lang = row["lang"] if told else None
    reading = read(row["text"], lang, date.fromisoformat(row["contact_on"]), "KP")
    found = {(s.start, s.end, s.kind): s for s in reading.spans}
    for gold in GOLD[report]["spans"]:
        span = found[gold["start"], gold["end"], gold["kind"]]
        assert span.words == gold["words"]
        assert gold["value"].items() <= dict(span.value).items()


@pytest.mark.parametrize("report", REPORTS, ids=str)
def test_the_sample_leaves_no_number_unread(report: str) -> None:
    row = REPORTS[report]
    reading = read(row["text"], row["lang"], date.fromisoformat(row["contact_on"]), "KP")
    assert reading.unread == ()
