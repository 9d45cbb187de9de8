"""One desk of the bench as a process: fills it, encrypts a copy of it, or answers what screens.py asks.

Belongs here: what has to run inside Django. Does not belong here: timing in turn (screens.py), rows (_filling.py).
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

FOLDER = Path(os.environ["NIGHTDESK_DIR"])
_numbers = count(1)


def fill(reports: str) -> dict[str, int]:
    """A plain desk with so many reports."""
    from bench import _filling
    from nightdesk.desk import beginning

    beginning.migrate()
    return _filling.fill(int(reports))


def encrypt(plain: str) -> str:
    """The same rows under the key of this desk, by SQLCipher's own copying."""
    from sqlcipher3 import dbapi2

    from nightdesk.desk import vault

    connection = dbapi2.connect(str(Path(plain) / "desk.sqlite3"), isolation_level=None)
    connection.execute(
        f"ATTACH DATABASE '{FOLDER / 'desk.sqlite3'}' AS sealed KEY \"x'{vault.database_key().hex()}'\""
    )
    connection.execute("SELECT sqlcipher_export('sealed')")
    connection.execute("DETACH DATABASE sealed")
    connection.close()
    return str(FOLDER)


class Answering:
    """The desk as a member meets it: the whole WSGI application, in this process."""

    def __init__(self) -> None:
        from nightdesk.desk import beginning, tidying
        from nightdesk.desk.staff.models import Member
        from nightdesk.desk.wsgi import application

        self.application = application
        self.members = {
            "editor": Member.objects.get(username="Alice"),
            "reporter": Member.objects.get(username="Bob"),
        }
        self.cookies = {who: _cookie(member) for who, member in self.members.items()}
        self.addresses = {who: addresses(member) for who, member in self.members.items()}
        beginning.warm()  # as at every unlocking
        tidying.keep_tidy()  # as in every desk that serves

    def screens(self, who: str) -> list[str]:
        return list(self.addresses[who])

    def visit_anew(self, who: str, screen: str) -> list[float]:
        """A visit after somebody opened a report: what was worked out before is looked at again."""
        self._report()
        return self.visit(who, screen)

    def visit_edited(self, who: str, screen: str) -> list[float]:
        """A visit after somebody saved a paragraph: where the stories stand is worked out anew."""
        _edit()
        return self.visit(who, screen)

    def visit(self, who: str, screen: str) -> list[float]:
        """Milliseconds, and those of the processor, until the last byte of the page is there."""
        return _timed(lambda: self._page(self.addresses[who][screen], self.cookies[who]))

    def _page(self, address: str, cookie: str) -> None:
        path, _mark, query = address.partition("?")
        statuses: list[str] = []
        environ = _environ(path, query, cookie)
        body = self.application(environ, lambda status, _headers, _info=None: statuses.append(status))
        size = sum(map(len, body))
        if hasattr(body, "close"):
            body.close()
        assert statuses[0].startswith("200") and size > 1000, (address, statuses)

    def write(self, kind: str) -> list[float]:
        return _timed({"commit": _commit, "report": self._report}[kind])

    def _report(self) -> None:
        """As opening an arrival does it, once it is decrypted: rows, custody log and index in one transaction."""
        from django.db import transaction

        from nightdesk.desk import clock
        from nightdesk.desk.claims.models import Account
        from nightdesk.desk.custody.actions import record
        from nightdesk.desk.reports.models import Report
        from nightdesk.desk.search import documents

        number, bob = next(_numbers), self.members["reporter"]
        with transaction.atomic():
            made = Report.objects.create(
                source_id=2, lang="ko", contact_on=clock.today(), channel="drop", received_at=clock.now(),
                text=f"회령에서 2만 위안을 냈다고 한다. 보고 {number}. " * 8,
            )  # fmt: skip
            Account.objects.create(report=made, start=0, end=len(made.text), compared=True)
            documents.add("report", made)
            record(made, "open", bob)


def _commit() -> None:
    from nightdesk.desk.translation.models import Term

    number = time.time_ns()  # a kept desk is asked again
    Term.objects.create(ko=f"말{number}", en=f"word {number}")


def _edit() -> None:
    """Other words in a story at work: not in the first one, which the screens show and would review at once."""
    from nightdesk.desk.stories.models import Paragraph, Story

    story = Story.objects.at_work().filter(ready_to_translate_at__isnull=False).last()
    row = Paragraph.objects.filter(edition__story=story)[0]
    words = row.text.partition(" (")[0]
    Paragraph.objects.filter(pk=row.pk).update(text=f"{words} ({time.time_ns()})")


def addresses(member: Any) -> dict[str, str]:
    """Where the main screens stand for a member, by name; the objects are of the busiest kind he or she sees."""
    from nightdesk.desk.claims.models import Claim
    from nightdesk.desk.reports.models import Report
    from nightdesk.desk.stories.models import Story

    report = (
        Report.objects.visible_to(member).filter(source__in=(1, 2)).first()
        or Report.objects.visible_to(member)[0]
    )
    claim = Claim.objects.visible_to(member).latest("pk")
    story = Story.objects.visible_to(member).at_work().first() or Story.objects.visible_to(member)[0]
    found = {
        "home": "/", "arrivals": "/arrivals/", "reports": "/reports/", "report": report.get_absolute_url(),
        "search": "/search/?q=회령", "claims": "/claims/", "event": claim.account.event.get_absolute_url(),
        "stories": "/stories/", "story": story.get_absolute_url(), "sources": "/sources/",
        "source": report.source.get_absolute_url(),
    }  # fmt: skip
    if member.may("review"):
        handed = Story.objects.at_work().filter(ready_to_translate_at__isnull=False)[0].pk
        found |= {
            "translation": "/translation/", "reviews": "/review/", "review": f"/review/{handed}/",
            "releases": "/releases/", "record": "/record/", "audit": "/custody/audit/", "due dates": "/care/due/",
        }  # fmt: skip
    return found


def _cookie(member: Any) -> str:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(member)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def _environ(path: str, query: str, cookie: str) -> dict[str, Any]:
    from urllib.parse import quote

    from django.test import RequestFactory

    given = {
        "PATH_INFO": path,
        "QUERY_STRING": quote(query, safe="=&%"),
        "HTTP_COOKIE": cookie,
        "HTTP_HOST": "127.0.0.1",
    }
    return RequestFactory()._base_environ(**given)


def _timed(work: Callable[[], object]) -> list[float]:
    began, busy = time.perf_counter(), time.thread_time()
    work()
    return [(time.perf_counter() - began) * 1000, (time.thread_time() - busy) * 1000]


def answer() -> None:
    """Reads a line, does it, writes a line, until the asker is gone."""
    desk = Answering()
    for line in sys.stdin:
        name, *words = json.loads(line)
        print(json.dumps(getattr(desk, name)(*words)), flush=True)


def main() -> None:
    (FOLDER / "keys").mkdir(parents=True, exist_ok=True)
    import django

    django.setup()
    name, *words = sys.argv[1:]
    if name == "answer":
        answer()
    else:
        print(json.dumps({"fill": fill, "encrypt": encrypt}[name](*words)))


if __name__ == "__main__":
    main()
