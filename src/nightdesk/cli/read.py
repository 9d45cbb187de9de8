"""`nightdesk read`: text in, values out, one JSON line each. Knows arguments and printing, nothing of language."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import click

from nightdesk.cli.collecting import collecting_seldom
from nightdesk.cli.lots import lots
from nightdesk.cli.progress import counted
from nightdesk.reading import Reading, ReadingError, Span, alternatives, read
from nightdesk.reading.extra import look_ahead, names_where_installed
from nightdesk.reading.labels import Names
from nightdesk.values.places import country_codes


@click.command()
@click.argument("lines", type=click.File("rb"), default="-")
@click.option("--text", help="Read this text instead of JSON lines.")
@click.option(
    "--lang", type=click.Choice(["ko", "zh", "en"]), help="Language of --text. Left out: by its letters."
)
@click.option(
    "--on", metavar="DAY", help="Day of the contact, YYYY-MM-DD. Without it, relative days are unread."
)
@click.option("--country", metavar="CODE", help="Country told of (ISO 3166-1): decides whose won it is.")
@click.option("--all", "every", is_flag=True, help="With each span, what other rules made of the same words.")
@click.option(
    "--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="Write a page to look at."
)
@click.option(
    "--names/--no-names",
    default=True,
    help="Korean names by the model, where it is installed (nightdesk[names]). On unless left out.",
)
def command(
    lines: BinaryIO,
    text: str | None,
    lang: str | None,
    on: str | None,
    country: str | None,
    every: bool,
    page: Path | None,
    names: bool,
) -> None:
    """Find money, dates, places, units, people and quantities in text, with values.

    Takes JSON lines {"id","text","lang","on","country"?} and prints
    {"id","spans","unread"}; a line that cannot be read becomes {"error","line"},
    the rest goes on, and the exit code is 1.

    \b
    Examples:
      nightdesk read < reports.jsonl > readings.jsonl
      nightdesk read reports.jsonl --html readings.html
      nightdesk read reports.jsonl --all
      nightdesk read --text "며칠 전 2만 위안을 냈다" --on 2023-12-15 --country KP
      nightdesk read --text "They paid 20k RMB last week" --lang en --on 2023-12-16
    """
    model = names_where_installed() if names else None
    if text is not None:
        day = _day(on)
        source: Iterator[tuple[int, dict[str, Any]]] = iter(
            [(1, {"id": "text", "text": text, "lang": lang, "on": day, "country": country})]
        )
    elif lang or on or country:
        raise click.UsageError("--lang, --on and --country go with --text; JSON lines carry their own.")
    else:
        source = _rows(lines, model)
    shown: list[tuple[str, Reading]] = []
    refused = 0
    with collecting_seldom():
        for number, row in counted(source):
            out = _answer(row, number, shown if page else None, every, model)
            refused += "error" in out
            _print(out)
    if page:
        from nightdesk.reading.page import render

        page.write_text(render(shown), "utf-8", "replace")
    if refused:
        lines_were = "1 line was" if refused == 1 else f"{refused} lines were"
        click.echo(f"{lines_were} refused; the reason stands in its place in the output.", err=True)
        raise SystemExit(1)


def _day(on: str | None) -> str | None:
    """`on` as given, when it is a day."""
    try:
        return date.fromisoformat(on).isoformat() if on else None
    except ValueError as error:
        raise click.UsageError(f"--on {on} is no day; write it as 2023-12-15.") from error


def _rows(lines: BinaryIO, names: Names | None) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each line with its number; one that is no JSON object carries an `error`."""
    number = 0
    for lot in lots(lines):
        rows = [(at, _row(line, at)) for at, line in enumerate(lot, number + 1) if line.strip()]
        number += len(lot)
        if names is not None and len(rows) > 1:
            look_ahead(text for _, row in rows if isinstance(text := row.get("text"), str))
        yield from rows


def _row(line: bytes, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError too
        return {"error": f"this is no line of JSON: {_reason(error)}"}
    return row if isinstance(row, dict) else {"error": "this is no JSON object with id and text"}


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.colno}"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else "a number is too long"


def _answer(
    row: dict[str, Any],
    number: int,
    shown: list[tuple[str, Reading]] | None,
    every: bool,
    names: Names | None,
) -> dict[str, Any]:
    """What is printed for one line: its reading, or its error."""
    known = {"id": row["id"]} if isinstance(row.get("id"), str | int) else {}
    try:
        text, on, reading = _read(row, names)
    except ReadingError as error:
        return {**known, "error": str(error), "line": number}
    if shown is not None:
        shown.append((text, reading))
    spans = _spans(reading.spans)
    if every:
        others = alternatives(text, row.get("lang"), on, _country(row.get("country")))
        for span in spans:
            over = [o for o in others if o.start < span["end"] and span["start"] < o.end]
            span["alternatives"] = _spans(over) if span["kind"] != "quotation" else []
    return {**known, "spans": spans, "unread": _unread(reading)}


def _read(row: dict[str, Any], names: Names | None) -> tuple[str, date | None, Reading]:
    """The reading of one line. ReadingError says what is wrong with it."""
    if "error" in row:
        raise ReadingError(row["error"])
    for field, optional in (("text", False), ("lang", True), ("on", True), ("country", True)):
        if not isinstance(row.get(field), str) and not (optional and row.get(field) is None):
            raise ReadingError(f'"{field}" must be a string')
    try:
        on = date.fromisoformat(row["on"]) if row.get("on") else None
    except ValueError as error:
        raise ReadingError(f'"on" is {row["on"]!r}; write the day of the contact as 2023-12-15') from error
    country = _country(row.get("country"))
    return row["text"], on, read(row["text"], row.get("lang"), on, country, names=names)


def _country(said: str | None) -> str | None:
    """The code in capitals. ReadingError when it is no country's."""
    if not said:
        return None
    if said.upper() not in country_codes():
        raise ReadingError(f'"country" is {said!r}; write two letters of ISO 3166-1, as KP, or leave it out')
    return said.upper()


def _spans(spans: Iterable[Span]) -> list[dict[str, Any]]:
    return [
        {"start": s.start, "end": s.end, "words": s.words, "kind": s.kind, "value": dict(s.value)}
        for s in spans
    ]


def _unread(reading: Reading) -> list[dict[str, Any]]:
    return [{"start": u.start, "end": u.end, "words": u.words, "why": u.why} for u in reading.unread]


def _print(out: dict[str, Any]) -> None:
    """One line of UTF-8; half a surrogate pair, which UTF-8 cannot hold, is escaped."""
    try:
        line = json.dumps(out, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        line = json.dumps(out).encode()
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()
