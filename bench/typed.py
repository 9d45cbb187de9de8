"""What one keystroke costs the desk: what is read in a paragraph of a story while it is typed, through the whole door.

`python -m bench.typed` makes a desk of one story and of the desk's own words in a folder of its own, sends paragraphs of
the sample's words to the door of either edition, and opens the editor's page at several lengths of the story. Times are
of the processor, in the thread that answers. Not part of `make bench`.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from importlib.resources import files
from typing import Any

CHARACTERS, OWN_WORDS, ASKED = (300, 1000, 2000), (0, 100), 60


def words(lang: str, length: int) -> str:
    """So many characters of the sample's reports, over and over."""
    lines = (files("nightdesk.demo") / "sample" / "reports.jsonl").read_text("utf-8").splitlines()
    told = " ".join(row["text"] for row in map(json.loads, lines) if row["lang"] == lang)
    return (told + " ") * (length // len(told) + 1)


def taught(editor: Any, count: int) -> None:
    """So many words of the desk's own, taught from one report."""
    from nightdesk.desk import clock
    from nightdesk.desk.reports import teaching
    from nightdesk.desk.reports.models import Report
    from nightdesk.desk.sources.models import Source

    names = [f"은어{chr(0xAC00 + 28 * at)}표" for at in range(count)]
    text = ". ".join(f"{name} 있다" for name in names)
    source, _made = Source.objects.get_or_create(pseudonym="crane", defaults={"made_on": clock.today()})
    report = Report.objects.create(
        source=source, lang="ko", contact_on=clock.today(), channel="voice", text=text, received_at=clock.now()
    )  # fmt: skip
    for name in names:
        at = text.index(name)
        teaching.teach(editor, report, at, at + len(name), "money", "100위안")


def timed(client: Any, path: str, said: dict[str, Any] | None = None) -> tuple[float, float, int]:
    """Milliseconds of the processor a request, the median and the most of many, and the questions of one."""
    from django.db import connection

    def ask() -> Any:
        return client.get(path) if said is None else client.post(path, said, headers={"hx-request": "true"})

    assert ask().status_code == 200, path
    asked: list[str] = []
    with connection.execute_wrapper(lambda go, sql, *more: (asked.append(sql), go(sql, *more))[1]):
        ask()
    took = []
    for _ in range(ASKED):
        begun = time.thread_time()
        ask()
        took.append((time.thread_time() - begun) * 1000)
    return statistics.median(took), max(took), len(asked)


def doors(client: Any, story: Any, own: int) -> None:
    """The doors of both editions at every length."""
    for room, lang in (("stories", "ko"), ("translation", "en")):
        for length in CHARACTERS:
            said = {"text": words(lang, length)[:length], "paragraph": 1}
            median, most, asked = timed(client, f"/{room}/{story.pk}/typed/", said)
            what = f"{lang}, {length} characters, {own} own words"
            print(f"{what}: median {median:.1f} ms, most {most:.1f} ms, {asked} questions", flush=True)


def measure() -> None:
    """Prints what a keystroke costs, and what the editor's page asks at several lengths."""
    from django.test import Client

    from nightdesk.desk import beginning, tidying
    from nightdesk.desk.staff.models import Member
    from nightdesk.desk.stories import actions, arranging, pairs

    editor = Member.objects.create(username="Alice", role="editor", password="!", byline="A")
    story = actions.draft(editor, "연말 단속", "ko", [])
    arranging.add_paragraph(editor, pairs.source_edition(story), None, words("ko", 300)[:300])
    actions.hand_over(editor, story)
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(editor)
    beginning.warm()
    tidying.keep_tidy()
    for own in OWN_WORDS:
        taught(editor, own)
        doors(client, story, own)
    for more in (0, 9, 30):
        for _ in range(more):
            arranging.add_paragraph(editor, pairs.source_edition(story), None, words("ko", 300)[:300])
        median, _most, asked = timed(client, story.get_absolute_url())
        count = pairs.source_edition(story).paragraphs.count()
        print(f"the editor's page, {count} paragraphs: median {median:.1f} ms, {asked} questions", flush=True)


def main() -> None:
    """Makes a desk in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"NIGHTDESK_DIR": folder, "DJANGO_SETTINGS_MODULE": "bench._settings"}
        import django

        django.setup()
        from nightdesk.desk.beginning import migrate

        migrate()
        measure()


if __name__ == "__main__":
    sys.exit(main())
