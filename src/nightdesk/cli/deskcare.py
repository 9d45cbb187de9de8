"""`nightdesk desk`, the commands that look after it: check, reindex.

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
      nightdesk desk check --dir desk
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
