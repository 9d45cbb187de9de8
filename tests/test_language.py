"""The desk in Korean: nothing untranslated, nothing stale, nothing said in English on a Korean screen."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polib
import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

ROOT = Path(__file__).parents[1]
MESSAGES = SimpleNamespace(**runpy.run_path(str(ROOT / "scripts" / "messages.py")))
DOORS = SimpleNamespace(**runpy.run_path(str(ROOT / "tests" / "test_doors.py")))
DOCUMENTED = SimpleNamespace(**runpy.run_path(str(ROOT / "tests" / "test_documented.py")))
TEMPLATES = sorted(
    path for folder in MESSAGES.FOLDERS for path in folder.rglob("*.html") if "templates" in path.parts
)
FOLDER = pytest.mark.parametrize("folder", MESSAGES.FOLDERS, ids=lambda folder: folder.name)
SPOKEN = {"title", "aria-label", "placeholder", "alt", "data-confirm", "data-label"}
# Elements whose words are no sentence: names of keys, code, what a browser offers while typing.
UNSPOKEN = {"script", "style", "kbd", "code", "datalist"}
EMPTY = {"meta", "link", "input", "br", "hr", "img", "rect", "progress"}
WORDS = re.compile(r"[A-Za-z가-힣]{2,}")
LATIN = re.compile(r"[A-Za-z]{2,}")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{money:[^}]*\}|`[^`]+`")


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    """A request leaves its language behind in the thread; the next test wants none of it."""
    with override("en"):
        yield


class Visible(HTMLParser):
    """Collects what a person sees or hears in elements of the page's own language."""

    def __init__(self, own: str) -> None:
        super().__init__()
        self.own, self.stack, self.said = own, [(False, "")], []  # type: ignore[var-annotated]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        lang = known.get("lang") or ""
        hidden = tag in UNSPOKEN or (lang != self.own if lang else self.stack[-1][0])
        if not hidden:
            self.said += [known[name] or "" for name in SPOKEN & known.keys()]
        if tag not in EMPTY:
            self.stack.append((hidden, tag))

    def handle_endtag(self, tag: str) -> None:
        while len(self.stack) > 1 and self.stack.pop()[1] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self.stack[-1][0]:
            self.said.append(data)


def visible(page: str, own: str) -> list[str]:
    """Every text and spoken attribute of the page that claims to be in the language `own`."""
    reader = Visible(own)
    reader.feed(page)
    return [" ".join(text.split()) for text in reader.said if text.strip()]


def catalogue(folder: Path) -> polib.POFile:
    return polib.pofile(str(MESSAGES.catalogue_of(folder)))


def pairs(folder: Path) -> Iterator[tuple[str, str]]:
    for entry in catalogue(folder):
        yield entry.msgid, entry.msgstr_plural.get(0, "") or entry.msgstr


@FOLDER
def test_every_string_of_a_screen_stands_in_the_catalogue_and_no_other(folder: Path) -> None:
    wanted = [(words.context, words.one) for words in MESSAGES.strings(folder)]
    known = [(entry.msgctxt, entry.msgid) for entry in catalogue(folder)]
    assert sorted(map(str, wanted)) == sorted(map(str, known)), "run `make messages`"


@FOLDER
def test_every_string_has_its_korean_and_none_is_guessed(folder: Path) -> None:
    assert MESSAGES.untranslated(catalogue(folder)) == []
    assert [text for text, korean in pairs(folder) if not korean.strip()] == []


@FOLDER
def test_gathering_again_changes_no_byte(folder: Path) -> None:
    path = MESSAGES.catalogue_of(folder)
    again = MESSAGES.merged(MESSAGES.strings(folder), polib.pofile(str(path)))
    assert f"{again}\n" == path.read_text("utf-8"), "run `make messages`"
    assert path.with_suffix(".mo").read_bytes() == MESSAGES.compiled(again), "run `make messages`"


@FOLDER
def test_the_korean_holds_the_placeholders_of_the_english(folder: Path) -> None:
    differ = [(text, korean) for text, korean in pairs(folder) if held(text) != held(korean)]
    assert differ == []


def held(text: str) -> list[str]:
    return sorted(set(PLACEHOLDER.findall(text)))


@FOLDER
def test_no_particle_that_depends_on_the_word_before_follows_a_placeholder(folder: Path) -> None:
    particle = re.compile(r"(?:%\(\w+\)[sd]|\})[”’)]?(?:은|는|이|가|을|를|와|과|으로)(?=[\s.,])")
    assert [korean for _, korean in pairs(folder) if particle.search(korean)] == []


def test_every_step_of_the_custody_log_has_a_word() -> None:
    from nightdesk.desk.custody.words import STEPS

    assert DOCUMENTED.custody_verbs() | DOCUMENTED.role_verbs() <= STEPS.keys()


BLOCK = re.compile(r"{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}|{#.*?#}", re.S)
# A tag that prints stands for one letter, so that `hx-{{ x }}` stays one word; other tags for nothing.
PRINTS, RULES = re.compile(r"{{.*?}}", re.S), re.compile(r"{%.*?%}", re.S)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_says_nothing_outside_its_translate_tags(path: Path) -> None:
    bare = RULES.sub("", PRINTS.sub("", BLOCK.sub("", path.read_text("utf-8"))))
    loose = [text for text in visible(bare, "-") if WORDS.search(re.sub("Nightdesk|SHA-256|USD", "", text))]
    assert loose == []


# What the small newsroom of test_doors.py holds in English, and names that are the same everywhere.
SAME = [
    "Alice", "Bob", "Charlie", "Tariq", "Ana", "crane", "relay-yanji", "asked for money", "Hoeryong", "brokers",
    "Year end", "market", "first", "desk", "Erin", "Dana", "sweep", "Sweep", "KPW", "CNY", "USD", "RMB", "Nightdesk", "SHA-256",
    "CSV", "UTC", "KO", "EN", "ZH", "staff/roles.toml", "English", "known",
]  # fmt: skip
CONTENT = re.compile(
    rf"(?<![A-Za-z])(?:{'|'.join(map(re.escape, sorted(SAME, key=len, reverse=True)))})(?![A-Za-z])"
    r"|\S*/\S*/\S*|[0-9a-f]{12,}|KP-\d\d|CC0? [A-Z0-9 .-]+|JPEG|PNG|WebP|[\w.]+\.jpg"
)


@pytest.mark.django_db
def test_a_korean_editor_meets_no_english_on_any_screen() -> None:
    with transaction.atomic():
        rows = DOORS.build()
        client = Client(headers={"accept-language": "ko"})
        client.force_login(rows["people"]["editor"])
        walked = dict(screens(client, rows))
        transaction.set_rollback(True)
    left = {(name, text) for name, page in walked.items() for text in english_in(page)}
    assert left == set()
    assert len(walked) > 25, sorted(walked)


def screens(client: Client, rows: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every door that shows a page to a GET."""
    for name, pattern in DOORS.doors():
        try:
            url = reverse(name, kwargs=DOORS.arguments(name, pattern, rows), urlconf="nightdesk.desk.urls")
        except NoReverseMatch:
            raise AssertionError(f"no way to knock at {name}") from None
        answer = client.get(url)
        if answer.status_code == 200 and "text/html" in answer.headers["Content-Type"]:
            yield name, answer.content.decode()


def english_in(page: str) -> list[str]:
    return [text for text in visible(page, "ko") if LATIN.search(CONTENT.sub("", text))]


def test_a_refusal_is_said_in_korean_too(client: Client) -> None:
    answer = client.get("/sign-in/", headers={"accept-language": "ko"})
    assert answer.headers["Content-Language"] == "ko" and "암호 문구" in answer.content.decode()


@pytest.mark.parametrize(("lang", "said"), [("en", "18 December 2023"), ("ko", "2023년 12월 18일")])
def test_a_day_is_written_as_each_language_writes_it(lang: str, said: str) -> None:
    from datetime import date

    from django.utils.formats import date_format

    with override(lang):
        assert date_format(date(2023, 12, 18)) == said
