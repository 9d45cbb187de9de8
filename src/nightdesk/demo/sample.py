"""The sample newsroom, read from its folder into plain values."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

VARIABLE = "NIGHTDESK_DEMO_SAMPLE"


@dataclass(frozen=True)
class SampleReport:
    """One report of reports.jsonl."""

    id: str
    source: str
    via: str | None
    channel: str
    contact_on: date
    lang: str
    basis: str
    text: str

    def told_by(self, clock: tuple[date, ...]) -> date:
        """The first day of the demo's clock on which this report has been told."""
        return next((day for day in clock if self.contact_on <= day), clock[-1])


@dataclass(frozen=True)
class Sample:
    """Everything in the sample's folder that the demo uses."""

    newsroom: dict[str, Any]
    reports: tuple[SampleReport, ...]
    groups: list[dict[str, Any]]
    glossary: list[dict[str, str]]
    story: dict[str, Any]
    walk: dict[str, Any]

    @property
    def clock(self) -> tuple[date, ...]:
        return tuple(date.fromisoformat(day) for day in self.newsroom["clock"])

    @property
    def staff(self) -> list[dict[str, Any]]:
        staff: list[dict[str, Any]] = self.newsroom["staff"]
        return staff

    def report(self, name: str) -> SampleReport:
        """The report called `name` (R01…)."""
        return next(report for report in self.reports if report.id == name)

    def handler(self, source: str) -> str:
        """The reporter who handles a source."""
        return next(str(m["name"]) for m in self.staff if source in m.get("handles", ()))


def _report(line: str) -> SampleReport:
    row = json.loads(line)
    return SampleReport(**{**row, "contact_on": date.fromisoformat(row["contact_on"])})


def read(folder: Path) -> Sample:
    """The sample in `folder`. Raises OSError or ValueError when a file is missing or is not JSON."""

    def part(name: str) -> Any:
        return json.loads((folder / name).read_text("utf-8"))

    lines = (folder / "reports.jsonl").read_text("utf-8").splitlines()
    return Sample(
        newsroom=part("newsroom.json"),
        reports=tuple(_report(line) for line in lines if line.strip()),
        groups=part("groups.json"),
        glossary=part("glossary.json"),
        story=part("story.json"),
        walk=part("walk.json"),
    )


def folder() -> Path:
    """The sample's folder: NIGHTDESK_DEMO_SAMPLE, or the one in the package."""
    return Path(os.environ.get(VARIABLE) or Path(__file__).with_name("sample"))


@cache
def load() -> Sample:
    """The sample of this process."""
    return read(folder())
