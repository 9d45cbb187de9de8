"""`nightdesk press`: build the public site, preview one story, or look at a built site."""

from __future__ import annotations

import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

import click

from nightdesk.press.build import DEFAULT_BASE_URL, Built, Progress, build, build_preview
from nightdesk.press.serve import LOOPBACK, serve, server
from nightdesk.press.shelf import trusted_identity
from nightdesk.press.swap import kind_of
from nightdesk.press.today import today
from nightdesk.release.model import ReleaseError
from nightdesk.release.signing import fingerprint, read_identity


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="RELEASES SITE", type=click.Path(path_type=Path))
@click.option("--base-url", default="", help="Address the site will have; feeds and the sitemap need it.")
@click.option(
    "--identity", metavar="HEX", help="The newsroom's identity, 64 hex digits, from a trusted place."
)
@click.option(
    "--preview",
    "draft",
    metavar="DOC.json",
    type=click.Path(path_type=Path),
    help="Build the pages of one unsigned Release, watermarked, into the folder given.",
)
@click.option("--cleared", is_flag=True, help="With --preview: the watermark says that the text is cleared.")
@click.option("--serve", "serving", is_flag=True, help="Serve a built site on this machine until Ctrl-C.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port for --serve; 0 takes a free one.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as one JSON line.")
def command(
    paths: tuple[Path, ...],
    base_url: str,
    identity: str | None,
    draft: Path | None,
    cleared: bool,
    serving: bool,
    port: int,
    as_json: bool,
) -> None:
    """Build the public site from signed Releases.

    The signature of every Release is verified; one that does not hold stops the build, and the old
    site stays as it was. Without --identity the file identity.pub beside the Releases is trusted.

    \b
    Examples:
      nightdesk press D/releases D/site
      nightdesk press D/releases D/site --base-url https://news.example/ --identity 3b1f…
      nightdesk press --preview draft.json /tmp/preview
      nightdesk press D/site --serve --port 8003
    """  # fmt: skip
    os.umask(0o022)  # what the press writes is public; the desk that started it keeps the rest to itself
    try:
        if serving:
            _serve(_one(paths, "SITE"), port)
        elif draft:
            _say(
                build_preview(draft.read_bytes(), _one(paths, "OUT"), draft.parent, cleared),
                _one(paths, "OUT"),
                as_json,
            )
        else:
            releases, site = _two(paths)
            _say(_build(releases, site, base_url, identity), site, as_json)
    except ReleaseError as error:
        raise click.ClickException(f"{error}. Nothing was built.") from error
    except OSError as error:
        raise click.ClickException(f"{error.filename or 'the folder'}: {error.strerror}.") from error


def _build(releases: Path, site: Path, base_url: str, identity: str | None) -> Built:
    trusted = read_identity(identity) if identity else trusted_identity(releases)
    if not identity:
        click.echo(
            f"Trusting the identity beside the Releases: {fingerprint(trusted)}. "
            "Compare it, or give the newsroom's own with --identity.",
            err=True,
        )
    if not base_url:
        click.echo(f"No --base-url: feeds and the sitemap will say {DEFAULT_BASE_URL}", err=True)
    with _Bar() as progress:
        return build(releases, site, base_url or DEFAULT_BASE_URL, trusted, today(), progress)


class _Bar:
    """A progress bar on a terminal; silent in a pipe."""

    def __enter__(self) -> Progress | None:
        return self._show if sys.stderr.isatty() else None

    def __exit__(self, *_: object) -> None:
        if sys.stderr.isatty():
            click.echo(err=True)

    @staticmethod
    def _show(done: int, of: int) -> None:
        if done % 50 == 0 or done == of:
            click.echo(f"\rpages {done} of {of}", nl=False, err=True)


def _serve(site: Path, port: int) -> None:
    if kind_of(site) is None:  # a folder that is not ours may hold anything
        raise ReleaseError(f"{site} is no site that was built here; build one first")
    running = server(site, port)
    for number in (signal.SIGINT, signal.SIGTERM):  # the shell that began it may have had it ignore the first
        signal.signal(number, signal.default_int_handler)
    with suppress(KeyboardInterrupt):  # Ctrl-C is how one stops it, at whatever moment
        click.echo(f"http://{LOOPBACK}:{running.server_port}/ (Ctrl-C stops)")
        sys.stdout.flush()
        serve(running)


def _say(built: Built, site: Path, as_json: bool) -> None:
    counts = {name: getattr(built, name) for name in ("stories", "withdrawn", "pages", "acts", "waiting")}
    if as_json:
        click.echo(json.dumps({"site": str(site), **counts}))
    else:
        said = ", ".join(f"{value} {name}" for name, value in counts.items() if value or name != "waiting")
        click.echo(f"{site}: {said}. Look at it: nightdesk press {site} --serve")


def _one(paths: tuple[Path, ...], name: str) -> Path:
    if len(paths) != 1:
        raise click.UsageError(f"give one folder here: {name}")
    return paths[0]


def _two(paths: tuple[Path, ...]) -> tuple[Path, Path]:
    if len(paths) != 2:
        raise click.UsageError("give two folders: RELEASES and SITE")
    return paths[0], paths[1]
