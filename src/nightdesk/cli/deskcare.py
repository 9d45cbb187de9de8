"""`nightdesk desk`, the commands that look after it: check, check-terms, reindex.

Belongs here: asking, printing, exit codes. Does not belong here: the looking itself (nightdesk.desk).
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from io import StringIO
from pathlib import Path

import click

from nightdesk.cli import asking
from nightdesk.cli.asking import DIR, JSON, PASSPHRASE_FILE
from nightdesk.desk import serve
from nightdesk.desk.alone import Taken, alone


@click.command()
@DIR
@PASSPHRASE_FILE
@JSON
def check(directory: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Verify every custody log, look for every key file, compare the search index; exit 1 when something is wrong.

    \b
    Examples:
      nightdesk check --dir desk
      nightdesk desk check --dir desk --json
    """
    asking.unlocked(directory, passphrase_file)
    from nightdesk.desk import checking

    found = checking.check(directory.resolve())
    if as_json:
        click.echo(json.dumps(asdict(found)))
    else:
        looked_at = f"{found.chains} custody logs, {found.keys} day keys and {found.found} searchable rows"
        click.echo("\n".join([f"{looked_at} looked at.", *found.faults]))
    if found.faults:
        raise click.ClickException(
            "Something is not as it was left. Take the desk offline and compare a backup."
        )


@click.command(name="check-terms")
@DIR
@PASSPHRASE_FILE
@JSON
def check_terms(directory: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Run every correction of reading again in its own report or sentence of a story; exit 1 when one holds no more.

    Run it after an update. Words of reports are printed: keep the output where reports are kept.

    \b
    Examples:
      nightdesk desk check-terms --dir desk
      nightdesk desk check-terms --dir desk --json
    """
    asking.unlocked(directory, passphrase_file)
    from nightdesk.desk.reports import teaching
    from nightdesk.desk.reports.models import OwnTerm
    from nightdesk.desk.stories.models import StoryTerm

    rows: list[teaching.Taught] = [
        *OwnTerm.objects.in_use().select_related("report"),
        *StoryTerm.objects.in_use().select_related("story"),
    ]
    found = list(teaching.check(rows))
    for one in found:
        said = {
            "term": one.term.pk, "report": getattr(one.term, "report_id", None),
            "story": getattr(one.term, "story_id", None), "words": one.term.words,
            "kind": one.term.kind or None, "value": one.term.value, "held": one.outcome.held,
            "needless": one.outcome.needless, "now": dict(one.outcome.now.value) if one.outcome.now else None,
        }  # fmt: skip
        note = " (the rules read it so by themselves)" if said["needless"] else ""
        plain = f"{said['held']}: {said['words']} = {said['kind'] or 'no value'} {said['value']}{note}"
        click.echo(json.dumps(said, ensure_ascii=False) if as_json else plain)
    broken = sum(one.outcome.held != "holds" for one in found)
    if broken:
        raise click.ClickException(
            f"{broken} of {len(found)} corrections hold no more. Look at them on the desk."
        )
    if not as_json:
        click.echo(f"{len(found)} corrections hold.")


@click.command()
@DIR
@PASSPHRASE_FILE
def reindex(directory: Path, passphrase_file: Path | None) -> None:
    """Make the search index anew from the rows. The desk must not run meanwhile.

    \b
    Examples:
      nightdesk desk reindex --dir desk
    """
    asking.unlocked(directory, passphrase_file)
    from nightdesk.desk import beginning
    from nightdesk.desk.search import keeping

    try:
        with alone(directory / serve.LOCK):
            beginning.migrate()
            watched = sys.stderr if sys.stderr.isatty() else StringIO()
            bar = click.progressbar(length=keeping.total(), label="Indexing", file=watched)
            with bar:
                done = keeping.rebuild(bar.update)
    except Taken:
        raise click.ClickException("The desk is running. Stop it, reindex, and start it again.") from None
    click.echo(f"{done} rows can be searched.")
