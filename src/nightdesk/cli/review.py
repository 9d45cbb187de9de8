"""`nightdesk review`: what in a draft could single somebody out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from nightdesk.cli.progress import counted
from nightdesk.disclosure import DisclosureError, Draft, Review, review
from nightdesk.disclosure.model import Evidence
from nightdesk.disclosure.page import page
from nightdesk.disclosure.plain import plain
from nightdesk.disclosure.wire import Submission, document, load


@click.command()
@click.argument("story", required=False, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--spans", is_flag=True, help='A filter: lines {"id","text","lang"} in, findings by place out.')
@click.option(
    "--html", type=click.Path(path_type=Path), metavar="FILE", help="Also write a page for reading."
)
@click.option(
    "--files",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="FOLDER",
    help="Where the story's files lie: mat2 says what each holds; one it cannot read stays closed.",
)
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="Day of the review; the day of release unless told."
)
def command(
    story: Path | None, spans: bool, html: Path | None, folder: Path | None, on: datetime | None
) -> None:
    """Show what in STORY (a JSON file; - reads standard input) could single somebody out.

    Prints one JSON line a story. No finding does not mean safe: what nobody can judge is listed.

    \b
    Examples:
      nightdesk review story.json
      nightdesk review --html review.html story.json
      nightdesk review --files exhibits/ story.json
      cat stories.jsonl | nightdesk review -
      echo '{"id": "1", "lang": "en", "text": "Last week a nurse paid RMB 300."}' | nightdesk review --spans
    """
    if spans and (html or on or folder):
        raise click.UsageError("--spans reads plain text; leave out --html, --files and --on")
    if story is None and not spans:
        raise click.UsageError("name a story's JSON file, or - for standard input")
    text = read_text(story or Path("-"))
    if spans:
        filter_lines(text)
        return
    reviewed = list(all_stories(text, on, folder))
    if html:
        html.write_text(page(reviewed), encoding="utf-8")


def read_text(story: Path) -> str:
    """The input as UTF-8 text, or one sentence about why not."""
    try:
        with click.open_file(str(story), "rb") as file:
            raw: bytes = file.read()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise click.ClickException(f"cannot read {story}: {error.strerror}; check the name") from error
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{story} is not UTF-8 (byte {error.start}); save it as UTF-8") from error


def documents(text: str) -> Iterator[tuple[str, str]]:
    """(where, JSON text): the whole input when it is one document, else each line that is not empty."""
    try:
        json.loads(text)
    except json.JSONDecodeError:
        lines = [(f"line {at}: ", line) for at, line in enumerate(text.split("\n"), 1) if line.strip()]
        # A single broken document is best explained as a whole.
        yield from lines if len(lines) > 1 and lines[0][1].rstrip().endswith("}") else [("", text)]
        return
    except (RecursionError, ValueError):
        pass  # load says so in one sentence
    yield "", text


def all_stories(text: str, on: datetime | None, folder: Path | None = None) -> Iterator[tuple[Draft, Review]]:
    """Every story reviewed and printed; the first that cannot be reviewed stops with exit code 1."""
    for where, line in counted(documents(text)):
        try:
            one: Submission = load(line)
            day = on.date() if on else one.draft.release_on
            found = review(one.draft, _evidence(one, folder), one.history, one.tables, day)
        except DisclosureError as error:
            raise click.ClickException(f"{where}{error}") from error
        _print(document(found))
        yield one.draft, found


def _evidence(one: Submission, folder: Path | None) -> Evidence:
    """What came with the story; with a folder also what its files say of themselves."""
    if folder is None:
        return one.evidence
    from nightdesk.cli.exhibits import looked_into  # starts a program: only for who asks

    return looked_into(one.evidence, folder)


def filter_lines(text: str) -> None:
    """One JSON line out for every line in."""
    for at, line in counted(enumerate(text.split("\n"), 1)):  # other ends of lines may stand inside a string
        if line.strip():
            _print(filtered(at, line))


def _print(out: dict[str, Any]) -> None:
    """One line of UTF-8; half a surrogate pair, which UTF-8 cannot hold, is escaped."""
    line = json.dumps(out, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        line = json.dumps(out)
    click.echo(line)


def filtered(at: int, line: str) -> dict[str, Any]:
    """The findings of one line of plain text."""
    try:
        raw = _json(line)
        text, lang = raw["text"], raw.get("lang", "en")
        if not isinstance(text, str):
            raise DisclosureError("'text' is not text")
        found = plain(text, lang)
    except (json.JSONDecodeError, RecursionError, AttributeError, KeyError, TypeError) as error:
        raise click.ClickException(f'line {at}: needs a JSON object with "id", "text" and "lang"') from error
    except DisclosureError as error:
        raise click.ClickException(f"line {at}: {error}") from error
    spans = [{"start": f.start, "end": f.end, "words": f.words, "class": f.class_} for f in found]
    return {"id": raw.get("id"), "findings": spans}


def _json(line: str) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError:
        raise
    except ValueError as error:  # an integer of thousands of digits
        raise DisclosureError("a number is too long") from error
