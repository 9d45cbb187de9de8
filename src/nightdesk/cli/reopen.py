"""`nightdesk desk reopen`: paper shares in the place of every passphrase.

Belongs here: asking, printing. Does not belong here: what shares open (desk/backup/keys.py).
"""

from __future__ import annotations

from pathlib import Path

import click

from nightdesk.cli.desk import DIR, PASSPHRASE_FILE, _existing, _new_passphrase
from nightdesk.cli.shares import SHARE_FILE, backup_key
from nightdesk.desk import serve
from nightdesk.desk.alone import Taken, alone
from nightdesk.desk.keyfiles import NotReady


@click.command()
@DIR
@click.argument("name", default="")
@SHARE_FILE
@PASSPHRASE_FILE
def reopen(directory: Path, name: str, share_files: tuple[Path, ...], passphrase_file: Path | None) -> None:
    """Open a desk with its paper shares and give the member NAME (or the desk itself) a new passphrase.

    For a desk whose keys were destroyed, or whose passphrases are lost. The desk must not be running.

    \b
    Examples:
      nightdesk desk reopen --dir desk Alice
      nightdesk desk reopen --dir desk --share-file one.txt --share-file two.txt
    """
    _existing(directory)
    key = backup_key(share_files)
    try:
        with alone(directory / serve.LOCK):
            from nightdesk.desk.backup import keys

            keys.unlock_with(directory.resolve(), key)
            passphrase = _give(directory, name, passphrase_file)
    except Taken:
        raise click.ClickException("The desk is running. Lock and stop it, then run this again.") from None
    except NotReady as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{passphrase} opens the desk from now on.")
    click.echo(
        "A member's own key is a new one: what was sealed to the old key alone (identity cards, eyes-only reports) "
        "opens to members who still have theirs. A backup from before brings the old keys back: `nightdesk restore`."
    )


def _give(directory: Path, name: str, passphrase_file: Path | None) -> str:
    """A new slot; a member's row goes with it."""
    from nightdesk.desk import slots
    from nightdesk.desk.staff.models import Member

    if not name:
        slots.add(slots.DESK, _new_passphrase(passphrase_file, "New passphrase of the desk"))
        return "The new passphrase of the desk"
    member = Member.objects.filter(username=name, is_active=True).first()
    if member is None:
        raise NotReady(f"There is no member {name}. Nothing was changed.")
    passphrase = _new_passphrase(passphrase_file, f"New passphrase of {name}")
    member.public_key = slots.add(name, passphrase)
    member.set_password(passphrase)
    member.save(update_fields=["public_key", "password"])
    return f"{name}'s new passphrase"
