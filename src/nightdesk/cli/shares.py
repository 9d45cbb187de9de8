"""Asking for paper shares, for the commands that need the backup key. Not a subcommand.

Belongs here: reading shares from files or a keyboard, one after another, and saying which word is wrong.
Does not belong here: what a share is (desk/backup/shares.py).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from shamir_mnemonic import Share

SHARE_FILE = click.option(
    "--share-file", "share_files", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read one share from this file instead of asking; give it once for each share.",
)  # fmt: skip


def backup_key(files: tuple[Path, ...]) -> bytes:
    """The backup key from enough shares, asked for one by one where no file was given."""
    from nightdesk.desk.backup import shares

    try:
        if files:
            return shares.join([shares.read(_text(path)) for path in files])
        return shares.join(_asked())
    except shares.BadShare as error:
        raise click.ClickException(str(error)) from None


def _asked() -> list[Share]:
    """Share after share; a slip is said at once and asked again, so that nobody types two shares for nothing."""
    from nightdesk.desk.backup import shares

    found: list[Share] = []
    while not found or len(found) < found[0].member_threshold:
        of = f" of {found[0].member_threshold}" if found else ""
        typed = str(
            click.prompt(f"Share {len(found) + 1}{of}, all {shares.WORDS} words in one line", hide_input=True)
        )
        try:
            share = shares.read(typed)
            shares.alike([*found, share])
        except shares.BadShare as error:
            click.echo(str(error), err=True)
            continue
        found.append(share)
    return found


def _text(path: Path) -> str:
    """The words in a file: a printed page as text holds them in numbered lines after a line of its own."""
    from nightdesk.desk.backup import shares

    try:
        return shares.words_in(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        raise click.ClickException(f"{path} cannot be read as UTF-8 text.") from None
