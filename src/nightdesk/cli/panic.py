"""`nightdesk panic`: lock a desk from its machine, and destroy its sealed keys when asked.

Locking asks for nothing: whoever can run this could as well pull the plug, and a passphrase would cost
the seconds there are not. Belongs here: asking, printing. Does not belong here: the deeds (desk/panic).
"""

from __future__ import annotations

from pathlib import Path

import click

from nightdesk.cli.asking import DIR, there
from nightdesk.desk.panic import files


@click.command()
@DIR
@click.option("--destroy-keys", is_flag=True, help="Destroy every member's key too; a word must be typed.")
def command(directory: Path, destroy_keys: bool) -> None:
    """Lock the desk at once and end every session. Needs no passphrase.

    \b
    Examples:
      nightdesk panic --dir desk
      nightdesk panic --dir desk --destroy-keys
    """
    there(directory)
    was_running = _lock(directory)
    click.echo(
        "The desk is locked." if was_running else "The desk was not running; no session holds any more."
    )
    if destroy_keys:
        _destroy(directory)


def _lock(directory: Path) -> bool:
    """Whether a process held the keys; it has ended now."""
    from nightdesk.desk import keeper, serve

    return keeper.lock_from_outside(directory / serve.LOCK)


def _destroy(directory: Path) -> None:
    word = files.to_type(directory)
    if word == files.FOR_EVER:
        click.echo("No paper shares were made for this desk: nothing would ever open it again.", err=True)
    typed = str(click.prompt(f"Type “{word}” to destroy every member's key, anything else to leave them"))
    if " ".join(typed.split()).lower() != word:
        raise click.ClickException("The keys were left as they are. The desk stays locked.")
    files.destroy(directory)
    _lock(directory)  # somebody may have unlocked it while the word was typed
    click.echo(
        "The members' keys are destroyed. " + (
            "The paper shares open the desk: `nightdesk desk reopen`." if word == files.DESTROY else
            "Nothing opens this desk any more."
        )
    )  # fmt: skip
    click.echo(
        "This does not reach copies of the folder, spare blocks of a flash disk, or this machine's memory: switch "
        "it off. Identity cards and reports for chosen eyes open with members' own keys, which only a backup brings "
        "back. Whoever forces shareholders opens the desk, and anybody can see that this was done."
    )
