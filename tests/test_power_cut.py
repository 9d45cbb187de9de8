"""The power is cut in the middle: what was saved is whole, what was not is as if it had never begun.

Once by rule, at every door that changes something: the last write of the action fails. Once for real:
the desk's process is killed while it opens envelopes and while it releases.
"""

from __future__ import annotations

import os
import re
import runpy
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse

from nightdesk.demo import clock, keylist
from nightdesk.demo.person import Page, Person, Refused
from nightdesk.demo.prepare import PASSPHRASE
from nightdesk.desk.custody.models import CustodyEntry

# What a person would have typed at each door, beside what the table of doors brings.
TYPED: dict[str, dict[str, str]] = {
    "claims:grade": {"credibility": "2"},
    "claims:split": {"at": "8"},
    "claims:status": {"status": "conflict"},
    "incidents:assign": {"acts": "", "campaign": "Sweep"},
    "releases:correct": {"note_ko": "고쳤다.", "note_en": "Mended."},
    "releases:withdraw": {"note_ko": "거두었다.", "note_en": "Taken back."},
    "review:second": {"reason": "I have read both and agree."},
    "sources:grade": {"reliability": "B"},
    "sources:make": {"pseudonym": "plover"},
    "sources:write_card": {"card": "invented"},
    "stories:heading": {"title": "다른 제목", "summary": "", "base_revision": "1"},
    "stories:move": {"to": "up"},
    "stories:save": {"text": "다른 말", "base_revision": "1"},
    "stories:versions": {"name": "before"},
    "translation:heading": {"title": "Another", "summary": "", "base_revision": "1"},
    "translation:translate": {"text": "Other words.", "base_revision": "1"},
    "translation:glossary": {"ko": "보위원", "en": "agent"},
    "intake:log": {
        "source": "crane", "channel": "voice", "contact_on": "2023-12-15", "lang": "ko", "basis": "eyewitness", "text": "말",
    },
}  # fmt: skip


DOORS = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("test_doors.py"))))


class Cut(RuntimeError):
    """The power went."""


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the desk."""
    models = [model for model in apps.get_models() if model.__module__.startswith("nightdesk.desk")]
    return {model._meta.label: list(model.objects.order_by("pk").values_list()) for model in models}


@pytest.mark.django_db
def test_an_action_that_cannot_finish_has_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom, cuts = DOORS.build(), []

    def cut(**_: object) -> None:
        cuts.append(1)
        raise Cut

    monkeypatch.setattr(CustodyEntry.objects, "create", cut)
    reached: list[str] = []
    for name, pattern in DOORS.doors():
        url = reverse(name, kwargs=DOORS.arguments(name, pattern, newsroom), urlconf="nightdesk.desk.urls")
        for who in ("editor", "bob"):
            client = Client(raise_request_exception=False)
            client.force_login(newsroom["people"][who])
            with transaction.atomic():
                before, done = everything(), len(cuts)
                client.post(url, {**DOORS.brought(name, newsroom), **TYPED.get(name, {})})
                if len(cuts) > done:
                    reached.append(name)
                    assert everything() == before, name
                transaction.set_rollback(True)
    assert len(set(reached)) >= 20, sorted(set(reached))


# --- for real -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The demo's programs over a fresh folder; this process only starts, kills and looks."""
    from nightdesk.demo.running import Demo

    with pytest.MonkeyPatch.context() as patch:
        for name in ("NIGHTDESK_DIR", "DJANGO_SETTINGS_MODULE", "NIGHTDESK_CLOCK", "NIGHTDESK_DROP_URL", "NIGHTDESK_SITE_URL",
                     "NIGHTDESK_DEMO_DROP", "NIGHTDESK_DEMO_SITE", "NIGHTDESK_DEMO_SAMPLE", clock.VARIABLE, keylist.VARIABLE):  # fmt: skip
            patch.setenv(name, os.environ.get(name, ""))
        made = Demo(tmp_path_factory.mktemp("cut") / "d", None, lambda words: None)
        made.prepare()
        made.start()
        made.post_told()
        yield made
        made.stop()


def desk_again(demo: Any) -> None:
    """Starts the desk again on the same port, as a person would after the power came back."""
    demo.programs.start(
        "desk", "-m", "nightdesk", "desk", "run", "--dir", str(demo.folder), "--drop", demo.at.drop, "--port",
        str(demo.ports["desk"]), "--passphrase-file", str(demo.folder / "demo-passphrase"),
        url=f"{demo.at.desk}/sign-in/",
    )  # fmt: skip


def killed_during(demo: Any, person: Person, page: Page, action: str, after: float) -> None:
    """Sends a form and kills the desk `after` seconds later, with no chance to clean up."""
    process: subprocess.Popen[bytes] = demo.programs.running["desk"]
    form = page.form(action)
    plug = threading.Timer(after, os.kill, (process.pid, signal.SIGKILL))
    plug.start()
    try:
        person.submits(form)
    except (httpx.HTTPError, Refused):
        pass  # nobody answered: that is the point
    finally:
        plug.join()
        process.wait(10)


def test_a_desk_killed_while_it_opens_loses_and_doubles_nothing(demo: Any) -> None:
    alice = Person(demo.at.desk, "Alice", PASSPHRASE)
    page = alice.sends(alice.opens("/arrivals/"), "/arrivals/collect/")
    for after in (0.02, 0.08, 0.2, 0.4):
        if not page.holds("/arrivals/open/"):
            break
        killed_during(demo, alice, page, "/arrivals/open/", after)
        desk_again(demo)
        page = alice.opens("/arrivals/")
    while page.holds("/arrivals/open/"):
        page = alice.sends(page, "/arrivals/open/")
    reports = {link for link in alice.opens("/reports/").links if re.fullmatch(r"/reports/\d+/", link)}
    refused = [form for form in alice.opens("/arrivals/").forms if form.path.endswith("/set-aside/")]
    alice.leaves()
    assert (len(reports), refused) == (13, [])


def test_every_custody_chain_holds_after_the_cuts(demo: Any) -> None:
    command = [sys.executable, "-m", "nightdesk", "desk", "check", "--dir", str(demo.folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_restart_without_the_passphrase_opens_nothing(demo: Any, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("not the passphrase at all\n")
    command = [sys.executable, "-m", "nightdesk", "desk", "run", "--dir", str(demo.folder), "--port", "0"]
    done = subprocess.run(
        [*command, "--passphrase-file", str(wrong)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "That passphrase does not open this desk" in done.stderr
