"""`nightdesk drop`: run the internet-facing drop."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import click

from nightdesk.drop.app import create_app
from nightdesk.drop.config import CAPACITY, ConfigError, DropConfig, config, read_config
from nightdesk.drop.serve import server


@click.group()
def command() -> None:
    """Run the internet-facing drop.

    \b
    Examples:
      nightdesk drop serve --dir drop-data --identity 5f1c…e2 --port 8301
      nightdesk drop serve --dir drop-data --config drop.toml
    """
    os.umask(0o077)  # whatever the shell says: what the drop writes is its own


@command.command()
@click.option(
    "--dir",
    "directory",
    type=click.Path(path_type=Path),
    required=True,
    help="Where the drop keeps its one file.",
)
@click.option("--identity", metavar="HEX", help="The newsroom's public key, 64 hexadecimal digits.")
@click.option(
    "--config",
    "settings",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A TOML file with identity and capacity.",
)
@click.option(
    "--capacity",
    type=click.IntRange(1),
    default=CAPACITY,
    show_default=True,
    help="Envelopes held before it answers `later`.",
)
@click.option(
    "--name",
    "names",
    metavar="LANG=NAME",
    multiple=True,
    help="How the page calls the newsroom in ko, zh or en; else as its key list does.",
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Leave it on loopback behind Tor or a TLS proxy."
)
@click.option("--port", type=click.IntRange(0, 65535), default=8301, show_default=True)
def serve(
    directory: Path,
    identity: str | None,
    settings: Path | None,
    capacity: int,
    names: tuple[str, ...],
    host: str,
    port: int,
) -> None:
    """Serve the sealing page, hold Envelopes, and hand them to the desk that pulls.

    \b
    Examples:
      nightdesk drop serve --dir drop-data --identity 5f1c…e2 --port 8301
      nightdesk drop serve --dir drop-data --identity 5f1c…e2 --name ko=두만강포스트
    """
    chosen = _config(identity, settings, capacity, dict(_named(each) for each in names))
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        app = create_app(directory / "drop.sqlite3", chosen, _today)
    except OSError as error:
        raise click.ClickException(
            f"{directory} cannot be used: {error.strerror}. Choose another --dir."
        ) from None
    click.echo(f"The drop listens on port {port}; stop it with Ctrl-C.")
    try:
        server(app, host, port).run()
    except KeyboardInterrupt:  # uvicorn has shut down in good order and passes the signal on
        click.echo("The drop has stopped.")
    except SystemExit:  # uvicorn's way to say that it could not listen
        raise click.ClickException(
            f"port {port} on {host} could not be opened: choose another --port."
        ) from None


def _named(said: str) -> tuple[str, str]:
    lang, _equals, name = said.partition("=")
    return lang.strip(), name


def _config(identity: str | None, settings: Path | None, capacity: int, names: dict[str, str]) -> DropConfig:
    if (identity is None) == (settings is None):
        raise click.UsageError("give either --identity or --config")
    if settings and names:
        raise click.UsageError("with --config, write the names into the file, as a table [names]")
    try:
        return read_config(settings) if settings else config(identity or "", capacity, names)
    except ConfigError as error:
        raise click.ClickException(str(error)) from None


def _today() -> date:
    return datetime.now(UTC).date()
