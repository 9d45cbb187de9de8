"""The desk in Korean: nothing untranslated, nothing stale, nothing said in English on a Korean screen."""

from __future__ import annotations

import json
import re
import runpy
import tomllib
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

from nightdesk.values.korean import form

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
        self.own, self.stack = own, [(False, "")]
        self.said: list[str] = []

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
    "Alice", "Bob", "Charlie", "Kim", "Tariq", "Ana", "crane", "relay-yanji", "asked for money", "Hoeryong", "brokers",
    "Year end", "market", "first", "desk", "Erin", "Dana", "sweep", "Sweep", "KPW", "CNY", "USD", "RMB", "Nightdesk", "SHA-256",
    "CSV", "JSON", "UTC", "KST", "KO", "EN", "ZH", "staff/roles.toml", "English", "known", "Gone",
]  # fmt: skip
CONTENT = re.compile(
    rf"(?<![A-Za-z])(?:{'|'.join(map(re.escape, sorted(SAME, key=len, reverse=True)))})(?![A-Za-z])"
    r"|\S*/\S*/\S*|[0-9a-f]{12,}|KP-\d\d|CC0? [A-Z0-9 .-]+|JPEG|PNG|WebP|PDF|MP3|Ogg|FLAC|[\w.]+\.(?:jpg|pdf)"
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


# Korean that other people read: every msgstr of the screens, every sentence of the engines' tables, the
# site's words, the drop's page.
DATA = [
    ROOT / "src" / "nightdesk" / name
    for name in (
        "disclosure/data/sentences.toml", "corroboration/data/sentences.toml", "incidents/data/acts.toml",
        "press/words.toml", "drop/static/words.toml",
    )
]  # fmt: skip
# What was said otherwise in one place or another, and the house's one word for it.
HOUSE = {
    "옛글": "바뀌기 전 원문", "단락": "문단", "뉴스룸": "편집국", "도착물": "접수", "빨강": "위험", "빨간": "위험", "주황": "주의",
    "바이라인": "기사에 실리는 이름", "우리 말": "직접 풀어 쓴 말", "상충": "엇갈림", "상대방": "대상", "검토": "심사", "봉인": "봉한",
    "보고가": "제보", "보고를": "제보", "지급": "지불", "신빙도": "신빙성", "관계 당국자": "당국자", "직접 가담": "직접 겪음", "당신": "본인",
    "어떻게 알게": "알게 된 경위", "말하는 사람이 알게": "알게 된 경위", "어 판": "한국어판, 영어판", ")s 판": "%(lang)s판",
}  # fmt: skip
BUTTONS = {"내용 봉인"}  # a button is named by a noun where the verb's noun is clumsy
NOUNS = (
    "암호 문구|제보함|제보|열쇠|주장|진술|문단|심사|기사|판본|편집국|데스크|취재원|금액|결정|지적|표|봉투|카드|구성원|역할|"
    "사진|정정|철회|공개본|번역|원문|접수|이름|날짜|기록|사유|환율|근거|글|말|사람|행위|대상|장소"
)
PARTICLES = {"을": "를", "은": "는", "이": "가", "과": "와", "으로": "로"}
AFTER = re.compile(rf"({NOUNS})({'|'.join([*PARTICLES, *PARTICLES.values()])})(?=[\s.,?!:])")
PLAIN = re.compile(r"(?<![니마])다(?=[.!]|$)")  # 해마다 and 날마다 are no verbs
CASUAL = re.compile(r"세요|(?<!십)시오|[해어아]요(?=[.?!]|$)")


def korean_of(value: Any, inside: bool = False) -> Iterator[str]:
    """Every string under a key that says `ko`, however deep."""
    if isinstance(value, str) and inside:
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from korean_of(each, inside or key == "ko" or key.endswith("_ko"))


def all_korean() -> list[str]:
    screens_ = [korean for folder in MESSAGES.FOLDERS for _, korean in pairs(folder)]
    tables = [said for path in DATA for said in korean_of(tomllib.loads(path.read_text("utf-8")))]
    sample = ROOT / "src" / "nightdesk" / "demo" / "sample" / "newsroom.json"
    return [*screens_, *tables, *korean_of(json.loads(sample.read_text("utf-8")))]


def wrong_particle(said: str) -> bool:
    return any(
        form(noun, pair) != particle
        for noun, particle in AFTER.findall(said)
        for pair in PARTICLES.items()
        if particle in pair
    )


@pytest.mark.parametrize(("said", "wrong"), [("암호 문구을 넣으십시오.", True), ("암호 문구를 넣으십시오.", False),
    ("열쇠으로 여십시오.", True), ("글로 쓰십시오.", False), ("취재원를 확인", True)])  # fmt: skip
def test_the_watch_on_particles_sees_a_wrong_one(said: str, wrong: bool) -> None:
    assert wrong_particle(said) is wrong


def test_every_korean_sentence_takes_the_particle_its_word_wants() -> None:
    assert len(all_korean()) > 1000
    assert [said for said in all_korean() if wrong_particle(said)] == []


@pytest.mark.parametrize(("other", "house"), HOUSE.items(), ids=HOUSE)
def test_one_thing_has_one_korean_word(other: str, house: str) -> None:
    said_so = [said for said in all_korean() if other in said and said not in BUTTONS]
    assert said_so == [], f"say {house}"


@FOLDER
def test_a_claim_is_never_called_an_account(folder: Path) -> None:
    claims = [(text, korean) for text, korean in pairs(folder) if re.search(r"(?i)claim", text)]
    assert [text for text, korean in claims if "진술" in korean and "account" not in text.lower()] == []


def test_korean_speaks_politely_in_one_way() -> None:
    assert [said for said in all_korean() if PLAIN.search(said)] == []
    assert [said for said in all_korean() if CASUAL.search(said)] == []


def test_the_glossary_names_what_the_screens_call_an_arrival() -> None:
    said = dict(pairs(MESSAGES.FOLDERS[0]))
    assert f"**Arrival** ({said['Arrivals']})" in (ROOT / "docs" / "glossary.md").read_text("utf-8")


def test_how_the_teller_knows_has_one_korean_name_which_the_glossary_gives() -> None:
    said = {korean for text, korean in pairs(MESSAGES.FOLDERS[0]) if text.lower() == "how the teller knows"}
    assert len(said) == 1
    assert f"**Basis** ({said.pop()})" in (ROOT / "docs" / "glossary.md").read_text("utf-8")


def test_who_could_know_it_is_said_alike_on_the_claim_and_in_the_finding() -> None:
    from nightdesk.desk.claims.models import KNOWERS
    from nightdesk.disclosure.sentences import term

    with override("ko"):
        assert {key: str(said) for key, said in KNOWERS} == {key: term(key, "ko") for key, _ in KNOWERS}
