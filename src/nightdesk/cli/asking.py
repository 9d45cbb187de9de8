"""What the commands of a desk ask for alike: its folder, a passphrase, and that its keys be held.

Belongs here: options and questions that several commands share. Does not belong here: the commands.
"""

from __future__ import annotations

from pathlib import Path

import click

from nightdesk.desk import holding, keyfiles, serve
from nightdesk.desk.keyfiles import NotReady
from nightdesk.seal.slots import SECRET

DIR = click.option(
    "--dir", "directory", type=click.Path(file_okay=False, path_type=Path), default=Path("nightdesk-data"),
    show_default=True, help="Folder with everything the desk owns.",
)  # fmt: skip
PASSPHRASE_FILE = click.option(
    "--passphrase-file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read the passphrase from the first line of this file instead of asking.",
)  # fmt: skip
KEY_FILE = click.option(
    "--key-file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Start unlocked with a file made by `nightdesk desk key-file`.",
)  # fmt: skip
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
SHORTEST = 12


def there(directory: Path) -> None:
    """Before anybody is asked for a passphrase: is there a desk, and is its folder its owner's alone?"""
    if not (directory / "keys").is_dir():
        raise click.ClickException(f"There is no desk in {directory}. Make one with `nightdesk desk init`.")
    if directory.stat().st_mode & 0o022:
        raise click.ClickException(
            f"Others on this machine may write into {directory}: run `chmod 700 {directory}` first."
        )


def existing(directory: Path, drop_url: str = "") -> None:
    """The desk in `directory`, with Django pointed at it. ClickException when there is none."""
    there(directory)
    serve.prepare(directory.resolve(), drop_url)


def unlocked(directory: Path, passphrase_file: Path | None, drop_url: str = "") -> None:
    """This process holds the desk's keys from here on."""
    existing(directory, drop_url)
    try:
        held = keyfiles.unlock(directory.resolve(), old_passphrase(passphrase_file)).secret
    except NotReady as error:
        raise click.ClickException(str(error)) from None
    holding.hold(directory.resolve())
    if len(held) > SECRET:
        raise click.ClickException(
            "The desk's secret was being renewed when the power was cut. Run the desk and let a member sign in: "
            "that ends it. Then try again."
        )


def old_passphrase(file: Path | None, asked: str = "Passphrase of the desk") -> str:
    """A passphrase that exists: the first line of `file`, else what somebody types unseen."""
    if file is None:
        return str(click.prompt(asked, hide_input=True))
    try:
        return (file.read_text("utf-8").splitlines() or [""])[0]
    except (OSError, UnicodeDecodeError):
        raise click.ClickException(f"{file} cannot be read as UTF-8 text.") from None


def new_passphrase(file: Path | None, asked: str, member: str = "") -> str:
    """A new passphrase of the desk, or of `member`, which keeps the rule of the screens as well."""
    if file is None:
        passphrase = str(click.prompt(asked, hide_input=True, confirmation_prompt=True))
    else:
        passphrase = old_passphrase(file)
    if len(passphrase) < SHORTEST:
        raise click.ClickException(f"That is short: take {SHORTEST} characters or more, best several words.")
    if member:
        from django.utils import translation

        from nightdesk.desk.staff.passphrases import fault_of

        with translation.override("en"):  # commands speak English
            if fault := fault_of(passphrase, passphrase, member):
                raise click.ClickException(fault)
    return passphrase
