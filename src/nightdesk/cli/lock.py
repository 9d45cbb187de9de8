"""`nightdesk lock`: end the process that holds a desk's keys.

Belongs here: finding the desk that runs, and what is said. Does not belong here: how it ends
(nightdesk.desk.keeper).
"""

from __future__ import annotations

from pathlib import Path

import click

from nightdesk.desk import keeper, serve


@click.command()
@click.option(
    "--dir", "directory", type=click.Path(file_okay=False, path_type=Path), default=Path("nightdesk-data"),
    show_default=True, help="Folder with everything the desk owns.",
)  # fmt: skip
def command(directory: Path) -> None:
    """Lock the desk that runs over a folder, at once. Anybody who may write there may do so: no passphrase.

    \b
    Examples:
      nightdesk lock --dir desk
    """
    if not (directory / "keys").is_dir():
        raise click.ClickException(f"There is no desk in {directory}.")
    if keeper.lock_from_outside(directory / serve.LOCK):
        click.echo("The desk is locked. A member who signs in unlocks it.")
    else:
        click.echo("No desk runs over this folder: nothing holds its keys.")
