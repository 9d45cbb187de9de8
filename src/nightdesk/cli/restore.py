"""`nightdesk restore`: a desk out of its backup, with paper shares or with a desk that is still there.

Belongs here: asking, printing, exit codes. Does not belong here: how it is done (nightdesk.desk.backup).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from nightdesk.cli.asking import JSON
from nightdesk.cli.shares import SHARE_FILE, backup_key
from nightdesk.desk.keyfiles import NotReady

if TYPE_CHECKING:
    from nightdesk.desk.backup.restoring import Restored


@click.command()
@click.option(
    "--from", "source", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True,
    help="Folder of the backups.",
)  # fmt: skip
@click.option(
    "--to", type=click.Path(file_okay=False, path_type=Path), required=True,
    help="Folder of the desk to make; it must not be there yet, or be empty.",
)  # fmt: skip
@click.option(
    "--archive", default="", help="Name of the backup, from `nightdesk backup --list`; the newest if none."
)
@SHARE_FILE
@JSON
def command(source: Path, to: Path, archive: str, share_files: tuple[Path, ...], as_json: bool) -> None:
    """Restore a desk from its backup, and prove it row by row. Asks for the paper shares.

    \b
    Examples:
      nightdesk restore --from /media/disk/backups --to desk
      nightdesk restore --from /media/disk/backups --to desk --share-file one.txt --share-file two.txt
    """
    os.umask(0o077)
    key = backup_key(share_files)
    from nightdesk.desk.backup import restoring

    watched = sys.stderr if sys.stderr.isatty() else StringIO()

    def say(words: str) -> None:
        click.echo(words, file=watched)

    try:
        done = restoring.restore(
            source.resolve(),
            to.resolve(),
            key,
            archive,
            lambda folder: _unlock(folder, key),
            _counting(watched),
            say,
        )
    except NotReady as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(json.dumps(asdict(done)))
        return
    click.echo(
        f"{done.rows:,} rows and {done.files:,} files of {done.name} are in {to}, each compared with the backup."
    )
    for sentence in _not_back(done):
        click.echo(sentence)


def _not_back(done: Restored) -> list[str]:
    """What a restored desk lacks, in sentences."""
    said = ["Day keys are in no backup: new ones were made. Publish them with `nightdesk desk publish-keys`."]
    said.append(
        "What the desk makes of told words is in no backup: every story asks for a review again, and reasons of "
        "corroboration are empty until accounts are compared again."
    )
    said.append(
        "This desk will write into a folder of its own. Once it has, take the older backups away: no purge "
        "from here reaches them."
    )
    if done.lost_arrivals:
        said.append(
            f"{done.lost_arrivals} envelopes had been collected and not opened: nothing opens them any more."
        )
    if not done.key_part:
        said.append("There is no key part: what was told under sources' own keys cannot be read.")
    elif done.key_part != done.name:
        said.append("The key part of that day has expired; the newest was used. Purged sources stay purged.")
    return [*said, *done.faults]


def _unlock(folder: Path, key: bytes) -> None:
    """The restored key files and the backup key open the database to be; nobody's passphrase is needed."""
    from nightdesk.desk.backup import keys

    keys.unlock_with(folder, key)


def _counting(watched: TextIO) -> Callable[[int], None]:
    """A count of rows on the terminal: how many there are is only known at the end."""
    seen = 0

    def tick(rows: int) -> None:
        nonlocal seen
        seen += rows
        if seen % 10_000 == 0:
            click.echo(f"\r{seen:,} rows…", nl=False, file=watched)

    return tick
