"""`nightdesk corroborate`: reports in arrival order in, which event each tells of out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, TextIO

import click

from nightdesk.cli.progress import counted
from nightdesk.corroboration import (
    Account,
    Corroboration,
    CorroborationError,
    Desk,
    Link,
    Origins,
    Verdict,
    conclude,
    explain,
    explain_scores,
)


class BadLine(ValueError):
    """A line that is not a report; the message says what is wrong with it."""


@click.command("corroborate")
@click.argument("reports", type=click.File("r", encoding="utf-8", errors="surrogateescape"), default="-")
@click.option("--summary", is_flag=True, help="End with one line an event: its reports, origins and mouths.")
@click.option("--explain", "explained", metavar="ID", help="Print the reasoning for one report instead.")
def command(reports: TextIO, summary: bool, explained: str | None) -> None:
    """Say which reports tell of one event, and from how many independent origins.

    Reads JSON lines in order of arrival: {"id", "text", "lang", "on"} and, where known, "title",
    "source", "via" (the relay), "basis" (how the teller knows) and "country". Prints one line a report
    as it arrives, and one when events merge: docs/formats/corroboration.md. A bad line is named on
    stderr, the rest goes on, and the exit code is 1 at the end.

    \b
    Examples:
      nightdesk corroborate reports.jsonl
      nightdesk corroborate --summary < reports.jsonl
      nightdesk corroborate --explain R04 reports.jsonl
    """
    desk, bad = Desk(), 0
    for number, line in counted(enumerate(reports, 1)):
        if not line.strip():
            continue
        before = len(desk.merges)
        try:
            verdict = desk.add(_account(line))
        except (BadLine, CorroborationError) as error:
            bad += 1
            click.echo(f"line {number}: {error}", err=True)
            continue
        if not explained:
            _print(_lines(verdict, desk.merges[before:]))
    _finish(desk, summary, explained)
    if bad:
        raise click.ClickException(f"{bad} line(s) were left out; mend them and run again.")


def _finish(desk: Desk, summary: bool, explained: str | None) -> None:
    if not (summary or explained):
        return
    known = conclude(desk)
    if explained:
        click.echo(_explanation(desk, known, explained))
    if summary:
        _print(_summary(origins) for origins in known.events)


def _explanation(desk: Desk, known: Corroboration, account: str) -> str:
    try:
        return f"{explain(known, account)}\n{explain_scores(desk, account)}"
    except CorroborationError as error:
        raise click.ClickException(f"{error}; give an id that stands in the input") from error


def _print(lines: Iterable[dict[str, Any]]) -> None:
    for line in lines:
        click.echo(json.dumps(line, ensure_ascii=False))


# -- one line in -------------------------------------------------------------------------------------


def _account(line: str) -> Account:
    report = _report(line)
    title = _text(report, "title")
    text = _needed(report, "text")
    return Account(
        id=_needed(report, "id"),
        text=f"{title}\n{text}" if title else text,
        lang=_needed(report, "lang"),
        on=_day(report.get("on")),
        source=_text(report, "source"),
        via=_text(report, "via"),
        basis=_text(report, "basis"),
        country=_text(report, "country") or "KP",
    )


def _report(line: str) -> dict[str, Any]:
    try:
        line.encode()
    except UnicodeEncodeError:
        raise BadLine("is not UTF-8; save it again as UTF-8") from None
    try:
        report = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadLine(f"is not JSON ({error})") from error
    if not isinstance(report, dict):
        raise BadLine("is not a JSON object with id, text, lang and on")
    return report


def _needed(report: dict[str, Any], name: str) -> str:
    value = _text(report, name)
    if not value or not value.strip():
        raise BadLine(f"has no {name}; every report needs id, text and lang")
    return value


def _text(report: dict[str, Any], name: str) -> str | None:
    value = report.get(name)
    if value is not None and not isinstance(value, str):
        raise BadLine(f"has {name} that is not text: {value!r}")
    try:
        (value or "").encode()
    except UnicodeEncodeError:
        raise BadLine(f"has a {name} with half a character in it") from None
    return value


def _day(value: object) -> date | None:
    # A report without a day is still compared, loosely; a day that cannot be read is a mistake to mend.
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise BadLine(f"has a day that is not YYYY-MM-DD: {value!r}") from None


# -- lines out ---------------------------------------------------------------------------------------


def _lines(verdict: Verdict, merges: list[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    # A merge is printed before the verdict that caused it: the verdict already names what stays.
    for goes, stays in merges:
        yield {"merge": [goes, stays], "into": stays}
    yield {"id": verdict.id, "event": verdict.event, "links": [_link(one) for one in verdict.links]}


def _link(one: Link) -> dict[str, Any]:
    line: dict[str, Any] = {"to": one.to, "relation": one.relation, "score": one.score, "why": one.why}
    if one.field:
        line |= {"field": one.field, "says": one.says, "against": one.against}
    return line


def _summary(origins: Origins) -> dict[str, Any]:
    return {
        "event": origins.event,
        "kind": origins.kind,
        "reports": list(origins.reports),
        "independent_origins": origins.independent_origins,
        "at_least": origins.at_least,
        "why": origins.why,
        "ask": origins.ask,
        "patterns": list(origins.patterns),
    }
