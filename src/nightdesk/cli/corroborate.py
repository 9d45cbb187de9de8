"""`nightdesk corroborate`: reports in arrival order in, which event each tells of out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TextIO

import click

from nightdesk.cli.ahead import WorkerLost, ahead, beginning, workers_for
from nightdesk.cli.collecting import collecting_seldom
from nightdesk.cli.progress import counted

try:
    from nightdesk.corroboration import (
        Account,
        Correction,
        CorroborationError,
        Desk,
        Link,
        Origins,
        Verdict,
        conclude,
        explain,
        explain_scores,
        load,
        origins,
        save,
    )
    from nightdesk.corroboration.evidence import Told
    from nightdesk.corroboration.numbered import over_pipes
    from nightdesk.corroboration.tell import tell
except ModuleNotFoundError as error:
    if error.name != "numpy":
        raise
    raise click.ClickException(
        "corroborating needs NumPy, which is not installed; pip install 'nightdesk[corroboration]'"
    ) from error


_encode = json.JSONEncoder(ensure_ascii=False).encode  # made once: as dear as a line


class BadLine(ValueError):
    """A line that is not a report; the message says what is wrong with it."""


@click.command("corroborate")
@click.argument("reports", type=click.File("r", encoding="utf-8", errors="surrogateescape"), default="-")
@click.option("--summary", is_flag=True, help="End with one line an event: its reports, origins and mouths.")
@click.option("--explain", "explained", metavar="ID", help="Print the reasoning for one report instead.")
@click.option(
    "--corrections",
    type=click.File("r", encoding="utf-8", errors="surrogateescape"),
    metavar="FILE",
    help="What editors decided, JSON lines: kind (join, split, not independent), account, other, why.",
)
@click.option(
    "--state", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Go on from this state if it is there, and write it anew at the end.",
)  # fmt: skip
def command(
    reports: TextIO, summary: bool, explained: str | None, corrections: TextIO | None, state: Path | None
) -> None:
    """Say which reports tell of one event, and from how many independent origins.

    Reads JSON lines in order of arrival: {"id", "text", "lang", "on"} and, where known, "title",
    "source", "via" (the relay), "basis" (how the teller knows) and "country". Prints one line a report
    as it arrives, and one when events merge: docs/formats/corroboration.md. A bad line is named on
    stderr, the rest goes on, and the exit code is 1 at the end. A bad line of the corrections stops it
    before anything is read or written.

    \b
    Examples:
      nightdesk corroborate reports.jsonl
      nightdesk corroborate --summary < reports.jsonl
      nightdesk corroborate --explain R04 reports.jsonl
      nightdesk corroborate --state desk.state today.jsonl
    """
    workers = workers_for(reports)
    if workers:
        over_pipes()
    with ahead(_read, workers, beginning(reports) if workers else ()) as through:
        desk = _desk(state)
        moved = _corrected(desk, corrections or ())
        if not explained:
            _print(moved)
        with collecting_seldom():
            explanation, bad = _judged(desk, through(reports), explained)
    if explained:
        click.echo(_explanation(desk, explanation, explained))
    if summary:
        _print(_summary(one) for one in origins(desk))
    if state:
        _save(desk, state)
    if bad:
        raise click.ClickException(f"{bad} line(s) were left out; mend them and run again.")


def _judged(
    desk: Desk, reads: Iterable[Read], explained: str | None
) -> tuple[tuple[Verdict, str] | None, int]:
    """Prints the verdicts, or finds the one to be explained; how many lines were bad."""
    explanation, bad = None, 0
    for number, read in counted(enumerate(_whole(reads), 1)):
        before = len(desk.merges)
        try:
            verdict = _verdict(desk, read)
        except (BadLine, CorroborationError) as error:
            bad += 1
            click.echo(f"line {number}: {error}", err=True)
            continue
        if verdict is None:
            continue
        if not explained:
            _print(_lines(verdict, desk.merges[before:]))
        elif verdict.id == explained:
            explanation = (verdict, explain_scores(desk))
    return explanation, bad


def _whole(reads: Iterable[Read]) -> Iterator[Read]:
    try:
        yield from reads
    except WorkerLost as error:
        raise click.ClickException(
            f"{error}; what was printed stands, the state was not written: run it again"
        ) from error


def _verdict(desk: Desk, read: Read) -> Verdict | None:
    """None for an empty line."""
    if read.id:
        desk.refuse_twice(read.id)
    if read.error:
        raise read.error
    return desk.take(read.told, read.text) if read.told else None


def _desk(state: Path | None) -> Desk:
    try:
        return load(state) if state and state.exists() else Desk()
    except (CorroborationError, OSError) as error:
        raise click.ClickException(str(error)) from error


def _save(desk: Desk, state: Path) -> None:
    try:
        save(desk, state)
    except OSError as error:
        raise click.ClickException(
            f"the state was not written ({error}); the one before it, if there was one, is whole"
        ) from error


def _corrected(desk: Desk, lines: Iterable[str]) -> list[dict[str, Any]]:
    """The lines that follow from corrections among the accounts of the state: merges, and accounts that moved."""
    found: list[dict[str, Any]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        before = len(desk.merges)
        try:
            correction = _correction(line)
            moved = [] if correction in desk.corrections.all else desk.correct(correction)
        except (BadLine, CorroborationError) as error:
            raise click.ClickException(f"line {number} of the corrections: {error}") from error
        found += _merged(desk.merges[before:])
        found += ({"id": id, "event": desk.event_of(id), "links": []} for id in moved)
    return found


def _correction(line: str) -> Correction:
    row = _object(line, "kind, account and other")
    kind, account, other = (
        _needed(row, name, "kind, account and other") for name in ("kind", "account", "other")
    )
    return Correction(kind, account, other, _text(row, "why") or "")  # type: ignore[arg-type]  # of an unknown kind it says so


def _explanation(desk: Desk, found: tuple[Verdict, str] | None, id: str) -> str:
    if found is None:
        raise click.ClickException(f"no account has the id {id!r}; give an id that stands in the input")
    verdict, scores = found
    return f"{explain(conclude(desk, [verdict]), id)}\n{scores}"


def _print(lines: Iterable[dict[str, Any]]) -> None:
    for line in lines:
        click.echo(_encode(line))


# -- one line in -------------------------------------------------------------------------------------


class Read(NamedTuple):
    """A line, read without knowing of any other: what is compared of it, or what is wrong with it; of an empty one neither."""

    id: str = ""
    text: str = ""
    told: Told | None = None
    error: BadLine | CorroborationError | None = None


def _read(line: str) -> Read:
    if not line.strip():
        return Read()
    try:
        account = _account(line)
    except BadLine as error:
        return Read(error=error)
    try:
        return Read(account.id, account.text, tell(account))
    except CorroborationError as error:
        return Read(account.id, error=error)


def _account(line: str) -> Account:
    report = _object(line, "id, text, lang and on")
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


def _object(line: str, fields: str) -> dict[str, Any]:
    try:
        line.encode()
    except UnicodeEncodeError:
        raise BadLine("is not UTF-8; save it again as UTF-8") from None
    try:
        report = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadLine(f"is not JSON ({error})") from error
    except ValueError:  # an integer of thousands of digits
        raise BadLine("has a number that is too long") from None
    if not isinstance(report, dict):
        raise BadLine(f"is not a JSON object with {fields}")
    return report


def _needed(report: dict[str, Any], name: str, all_needed: str = "id, text and lang") -> str:
    value = _text(report, name)
    if not value or not value.strip():
        raise BadLine(f"has no {name}; every line needs {all_needed}")
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
    yield from _merged(merges)
    line = {"id": verdict.id, "event": verdict.event, "links": [_link(one) for one in verdict.links]}
    yield {**line, "also": list(verdict.also)} if verdict.also else line


def _merged(merges: list[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    yield from ({"merge": [goes, stays], "into": stays} for goes, stays in merges)


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
