"""How fast the press builds a site of 2,000 invented stories in two languages, and what bounds it.

Two limits stand beside it: filling one page of the same size with string.Template and writing it, and
verifying one signature.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from string import Template
from time import perf_counter

from nightdesk.press.build import build
from nightdesk.press.render import html
from nightdesk.press.shelf import load, shelve
from nightdesk.press.site import Page, Site, pages
from nightdesk.release.codec import to_bytes
from nightdesk.release.model import Credit, Edition, Masthead, Paragraph, PublicAct, Release, Sum, Text
from nightdesk.seal.keyring import Keyring, new_keyring

STORIES = 2_000
ROUNDS = 3
FIRST = date(2023, 1, 1)
MASTHEAD = Masthead(
    {"ko": "강변일보", "en": "Riverbank News"},
    ("ko", "en"),
    {"ko": "취재원은 밝히지 않는다.", "en": "Unnamed."},
)
SENTENCES = {
    "ko": "보위원들이 장마당 상인에게 돈을 요구했다고 함경북도 소식통이 전했다. ",
    "en": "Agents asked a market trader for money, a source in North Hamgyong Province said. ",
}
Row = tuple[str, float, str, str]


def bench() -> Iterator[Row]:
    """Rows (name, value, unit, note)."""
    keyring = new_keyring(b"i" * 32, b"s" * 32, b"d" * 32, FIRST, FIRST + timedelta(days=90))
    with tempfile.TemporaryDirectory() as folder:
        releases, site = Path(folder) / "releases", Path(folder) / "site"
        size = _sign_all(keyring, releases)
        yield "a signed Release", size, "bytes", "median size of the document"
        took = _time(lambda: load(releases, keyring.identity_public), 1)
        yield "read and verify", STORIES / took, "releases/s", f"{STORIES} Releases from disk"
        started = perf_counter()
        built = build(releases, site, identity=keyring.identity_public)
        took = perf_counter() - started
        yield "press, whole build", built.pages / took, "pages/s", f"{built.pages} pages in {took:.1f} s"
    yield from _rendering()


def _rendering() -> Iterator[Row]:
    """One page through Jinja2 with autoescape, and the same bytes through string.Template."""
    site = Site(shelve([_story(1)]), "https://news.example/")
    page = next(page for page in pages(site) if page.template == "story.html" and page.lang == "ko")
    text = html(page, site)
    ours = _time(lambda: html(page, site), 1_000)
    limit = _limit(text, page)
    yield "render one story page", 1 / ours, "pages/s", f"{len(text.encode())} bytes, Jinja2, autoescape"
    yield (
        "same page, string.Template",
        1 / limit,
        "pages/s",
        f"one hole, no escaping: {ours / limit:.0f} times",
    )


def _limit(text: str, page: Page) -> float:
    template = Template(text.replace("$", "$$").replace(page.title, "$title"))
    return _time(lambda: template.substitute(title=page.title), 1_000)


def _time(work: Callable[[], object], repeat: int) -> float:
    """Seconds for one run of `work`: the median of the rounds."""
    rounds = []
    for _ in range(ROUNDS):
        started = perf_counter()
        for _ in range(repeat):
            work()
        rounds.append((perf_counter() - started) / repeat)
    return sorted(rounds)[ROUNDS // 2]


def _sign_all(keyring: Keyring, folder: Path) -> float:
    folder.mkdir()
    sizes = []
    for number in range(STORIES):
        release = _story(number)
        payload = to_bytes(release)
        (folder / f"{release.story}.v1.json").write_bytes(payload)
        (folder / f"{release.story}.v1.sig").write_bytes(keyring.sign("release", payload))
        sizes.append(len(payload))
    return float(sorted(sizes)[STORIES // 2])


def _story(number: int) -> Release:
    """A story of twelve paragraphs with one sum and one act."""
    on = FIRST + timedelta(days=number % 90)
    act = PublicAct(
        "a1", "extortion", "accepted", "hoeryong", "KP-09", on, on, on.isoformat(), "State Security",
        "a trader", Decimal(1000 + number), "CNY", "demanded",
    )  # fmt: skip
    editions = (_edition("ko", number, on), _edition("en", number, on))
    return Release(f"s{number}", f"story-{number}", 1, "release", on, on, MASTHEAD, editions, (act,), ())


def _edition(lang: str, number: int, on: date) -> Edition:
    money = Sum(f"RMB {1000 + number}", Decimal(1000 + number), "CNY", Decimal("0.14"), "USD", on, "ECB")
    plain = tuple(Paragraph((Text(SENTENCES[lang] * 3),)) for _ in range(11))
    body = (Paragraph((Text(SENTENCES[lang]), money, Text("."))), *plain)
    return Edition(
        lang, f"{number} {SENTENCES[lang][:40]}", SENTENCES[lang], body, (Credit("reported", "Bob"),)
    )
