"""`nightdesk demo`: the invented newsroom on this machine, to walk through by hand or to be shown."""

from __future__ import annotations

import json
import os
import signal
import tempfile
import time
from pathlib import Path
from types import FrameType
from typing import Any

import click

from nightdesk.demo.posting import NotHeld
from nightdesk.demo.prepare import PASSPHRASE
from nightdesk.demo.programs import DidNotStart
from nightdesk.demo.running import Demo, NotADemo, Running, only_demo, reset
from nightdesk.demo.walk import WalkFailed, walk

DEFAULT = Path(tempfile.gettempdir()) / "nightdesk-demo"


@click.command()
@click.option("--dir", "folder", type=click.Path(path_type=Path, file_okay=False), default=DEFAULT, show_default=True,
              help="Where the demo keeps everything; a second run resumes there.")  # fmt: skip
@click.option("--reset", "afresh", is_flag=True, help="Throw the demo's folder away and start over.")
@click.option(
    "--through", is_flag=True, help="Walk the line to its end without a person, print one JSON line, stop."
)
@click.option("--sample", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="Another sample newsroom than the one in the package.")  # fmt: skip
def command(folder: Path, afresh: bool, through: bool, sample: Path | None) -> None:
    """Start the invented newsroom: drop, desk and press on three loopback ports. Ctrl-C stops all three.

    \b
    Examples:
      nightdesk demo
      nightdesk demo --dir my-demo --reset
      nightdesk demo --through --dir /tmp/through
    """
    for ending in (
        signal.SIGTERM,
        signal.SIGHUP,
        signal.SIGINT,
    ):  # a closed terminal must not leave three programs behind
        signal.signal(ending, _interrupt)
    os.umask(0o077)
    try:
        with only_demo(folder):
            if afresh:
                reset(folder)
            _show(folder.resolve(), sample, through)
    except (DidNotStart, NotADemo, NotHeld, Running, WalkFailed) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename or folder}: {error.strerror}.") from error
    except KeyboardInterrupt:
        click.echo("\nStopped.", err=True)


def _show(folder: Path, sample: Path | None, through: bool) -> None:
    """Starts the three programs, walks or waits, and stops what was started."""
    demo = Demo(folder, sample, lambda words: click.echo(words, err=True))
    try:
        demo.prepare()
        demo.start()
        if demo.posted:
            demo.say(f"Sealed reports posted to the drop: {demo.posted}.")
        else:
            demo.say(f"Going on with the demo that lies in {folder}; --reset throws it away and starts over.")
        if through:
            click.echo(json.dumps(walk(demo), ensure_ascii=False))
        else:
            _stay(demo)
    finally:
        demo.stop()


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _stay(demo: Demo) -> None:
    """Prints where everything is, then waits for Ctrl-C or for a program that stops by itself."""
    click.echo(
        WELCOME.format(
            at=demo.at,
            passphrase=PASSPHRASE,
            folder=demo.folder,
            name=demo.sample.newsroom["name"],
            reply=_reply(demo.sample.walk),
        )
    )
    while (ended := demo.programs.ended()) is None:
        time.sleep(0.5)
    raise DidNotStart(f"the {ended} stopped by itself; its log is in {demo.folder / 'logs'}")


def _reply(plan: dict[str, Any]) -> str:
    """The line on the report whose teller asks for a reply, with the words that open it; '' where none does."""
    asks = plan.get("asks_for_reply")
    return REPLY.format(**asks) if asks else ""


REPLY = """  6. One teller asks for a reply: on the report that says so, write one. The drop opens it with the words
     {words}
"""

WELCOME = """
{name}, an invented newsroom. Nobody and nothing in it is real.

  the desk     {at.desk}   where the newsroom works
  the drop     {at.drop}   where a source seals a report
  the site     {at.site}   what the public reads

  Sign in as Alice or Erin (editors and keyholders), Bob or Dana (reporters), Tariq (translator),
  or Charlie (a reporter cleared for no source). Passphrase of every member: {passphrase}

What to click first:
  1. As Alice, editor: Arrivals. The desk collects by itself every minute, or at once when you ask; open them.
  2. As Bob, reporter: open a report, select words, make a claim; see who else tells of it.
  3. As Alice: begin a story over the claims, hand it to translation.
  4. As Tariq, translator: translate. Then as Alice: review, decide, clear, release.
  5. The banner moves the clock to the day a follow-up arrives.
{reply}
Everything lies in {folder}. Ctrl-C stops all three; the next `make demo` goes on from there.
"""
