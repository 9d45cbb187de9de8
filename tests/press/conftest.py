"""An invented newsroom's Releases, signed: one corrected, one withdrawn, one in English alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from nightdesk.press.build import build, build_preview
from nightdesk.press.serve import server
from nightdesk.release.codec import to_bytes
from nightdesk.release.model import (
    CorrectionNote,
    Credit,
    Edition,
    Masthead,
    Paragraph,
    Photo,
    PublicAct,
    Release,
    Sum,
    Text,
)
from nightdesk.release.picture import file_name
from nightdesk.seal.keyring import Keyring, new_keyring

BASE_URL = "https://tumen.example/"
MASTHEAD = Masthead(
    name={"ko": "두만강포스트", "en": "Tumen River Post"},
    languages=("ko", "en"),
    standing_note={
        "ko": "두만강포스트는 국내와 국경 너머의 취재원과 함께 일한다. 안전을 위해 이름을 밝히지 않는다.",
        "en": "Tumen River Post works with sources inside the country and across the border. "
        "They are not named, for their safety.",
    },
)
ECB = (Decimal("0.1402"), "USD", date(2023, 12, 18), "European Central Bank")
SHAKEDOWN = {
    "ko": Edition(
        "ko", "연말 회령에서 손전화 사용자 상대로 돈 뜯는 보위원들",
        "회령시 보위부가 중국 손전화 사용자를 단속하며 송금 브로커들에게 돈을 요구하고 있다.",
        (
            Paragraph((Text("회령시 보위부가 이달 들어 중국 손전화 사용자를 상대로 대대적인 단속을 벌이고 있다고 "
                            "함경북도 소식통이 본지에 전했다."),)),
            Paragraph((Text("최근 보위원 두 명이 회령에서 송금 일을 하는 브로커에게 "),
                       Sum("2만 위안(약 2800달러)", Decimal(20000), "CNY", *ECB), Text("을 요구했다."))),
            Paragraph((Text("이미 일을 그만둔 사람들도 명단에 이름이 있으면 돈을 요구받는다고 한다. "
                            "돈이 없다고 하면 추방하겠다고 위협했다."),)),
        ),
        (Credit("reported", "Bob"), Credit("edited", "Alice"), Credit("photo", "회령역", "CC BY 2.0 / Flickr")),
    ),
    "en": Edition(
        "en", "Security officials in Hoeryong shake down phone users at the year’s end",
        "State Security agents in Hoeryong are sweeping up users of Chinese phones and asking remittance "
        "brokers for money.",
        (
            Paragraph((Text("State Security officials in Hoeryong have begun a sweep against users of Chinese "
                            "mobile phones, a source in North Hamgyong Province said."),)),
            Paragraph((Text("Two agents recently asked a remittance broker working in Hoeryong for "),
                       Sum("RMB 20,000 (around USD 2,800)", Decimal(20000), "CNY", *ECB), Text("."))),
            Paragraph((Text("Even people who have given up the trade are asked for money if their names are on "
                            "the list, and threatened with exile when they cannot pay."),)),
        ),
        (Credit("reported", "Bob"), Credit("translated", "Tariq"), Credit("edited", "Alice"),
         Credit("photo", "Hoeryong station", "CC BY 2.0 / Flickr")),
    ),
}  # fmt: skip
EXTORTION = PublicAct(
    "act-1", "extortion", "accepted", "hoeryong", "KP-09", date(2023, 12, 1), date(2023, 12, 31), "2023-12",
    {"en": "State Security, Hoeryong", "ko": "회령시 보위부"}, {"en": "a remittance broker", "ko": "송금 브로커"},
    Decimal(20000), "CNY", "demanded",
)  # fmt: skip
SWEEP = PublicAct(
    "act-2", "crackdown", "open", "hoeryong", "KP-09", date(2023, 12, 1), None, "2023-12-01/..",
    {"en": "State Security, Hoeryong", "ko": "회령시 보위부"}, {"en": "users of Chinese phones", "ko": "중국 손전화 사용자"},
)  # fmt: skip

PICTURE = (Path(__file__).parents[2] / "docs" / "formats" / "vectors" / "release-photo-1.jpg").read_bytes()
PHOTO = Photo(
    sha256(PICTURE).hexdigest(), "image/jpeg", 24, 16, "Dana & Kim", "CC BY 4.0",
    {"ko": "눈 덮인 강 너머로 보이는 낮은 집들", "en": "Low houses across a river \"under\" snow"},
    {"ko": "두만강 너머 마을.", "en": "A village across the Tumen River."},
)  # fmt: skip


def plain(lang: str, title: str, *paragraphs: str) -> Edition:
    """An edition without sums."""
    said = tuple(Paragraph((Text(words),)) for words in paragraphs)
    return Edition(lang, title, paragraphs[0], said, (Credit("reported", "Dana"), Credit("edited", "Erin")))


def shakedown() -> Release:
    """The sample's story, both editions, two acts."""
    day = date(2023, 12, 18)
    editions = tuple(SHAKEDOWN.values())
    return Release("kq3v9x", "hoeryong-phone-sweep", 1, "release", day, day, MASTHEAD, editions,
                   (EXTORTION, SWEEP), (), PHOTO)  # fmt: skip


def correction() -> Release:
    """Version 2 of it, a week into January."""
    note = CorrectionNote(date(2024, 1, 5), {
        "en": "An earlier version said that three agents came; it was two.",
        "ko": "처음 기사에는 보위원이 세 명이라고 했으나 두 명이었습니다.",
    })  # fmt: skip
    return replace(shakedown(), version=2, kind="correction", released_on=date(2024, 1, 5), notes=(note,))


def rice() -> Release:
    """A story in English alone, with characters that templates must escape."""
    edition = plain("en", "Rice & fuel: what a kilo costs in Musan <today>",
                    "Prices in Musan rose before the holiday, \"traders\" said.", "Rice went up first.")  # fmt: skip
    day = date(2023, 12, 20)
    return Release("r1ce", "rice-and-fuel-in-musan", 1, "release", day, day, MASTHEAD, (edition,), (), ())


def withdrawn() -> tuple[Release, Release]:
    """A story with one act, and its withdrawal."""
    day = date(2023, 12, 22)
    act = replace(
        EXTORTION,
        id="act-withdrawn",
        party={"en": "WITHDRAWNPARTY", "ko": "철회기사대상"},
        amount=Decimal(7777),
    )
    editions = (
        plain("ko", "철회기사제목 온성", "철회기사본문."),
        plain("en", "WITHDRAWNTITLE", "WITHDRAWNBODY."),
    )
    first = Release("w1thdr", "a-story-from-onsong", 1, "release", day, day, MASTHEAD, editions, (act,), ())
    note = CorrectionNote(date(2024, 1, 3), {
        "en": "We can no longer stand by this account.", "ko": "이 내용을 더는 뒷받침할 수 없습니다.",
    })  # fmt: skip
    gone = replace(
        first, version=2, kind="withdrawal", released_on=date(2024, 1, 3), editions=(), acts=(), notes=(note,)
    )
    return first, gone


@pytest.fixture(scope="session")
def keyring() -> Keyring:
    return new_keyring(b"i" * 32, b"s" * 32, b"d" * 32, date(2023, 11, 20), date(2024, 2, 10))


@pytest.fixture(scope="session")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample's photo under its hash."""
    folder = tmp_path_factory.mktemp("photos")
    (folder / file_name(PHOTO)).write_bytes(PICTURE)
    return folder


Shelve = Callable[..., Path]


@pytest.fixture(scope="session")
def shelve(tmp_path_factory: pytest.TempPathFactory, keyring: Keyring) -> Shelve:
    """shelve(release, …) → a folder with these Releases signed, and the identity beside them."""

    def write(*releases: Release) -> Path:
        folder = tmp_path_factory.mktemp("releases")
        (folder / "identity.pub").write_text(keyring.identity_public.hex())
        for release in releases:
            if release.photo:
                (folder / file_name(release.photo)).write_bytes(PICTURE)
            payload = to_bytes(release)
            (folder / f"{release.story}.v{release.version}.json").write_bytes(payload)
            (folder / f"{release.story}.v{release.version}.sig").write_bytes(keyring.sign("release", payload))
        return folder

    return write


@dataclass(frozen=True)
class Sample:
    """The Releases by name."""

    shakedown: Release
    correction: Release
    rice: Release
    withdrawn: Release
    withdrawal: Release

    @property
    def all(self) -> tuple[Release, ...]:
        return (self.shakedown, self.correction, self.rice, self.withdrawn, self.withdrawal)


@pytest.fixture(scope="session")
def sample() -> Sample:
    return Sample(shakedown(), correction(), rice(), *withdrawn())


@pytest.fixture(scope="session")
def site(shelve: Shelve, sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole sample, built."""
    folder = tmp_path_factory.mktemp("built") / "site"
    build(shelve(*sample.all), folder, BASE_URL)
    return folder


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The folder at an address on loopback, as readers meet it."""
    running = server(folder, 0)
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{running.server_port}/"
    finally:
        running.shutdown()
        running.server_close()
        thread.join()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the sample is served."""
    with serving(site) as found:
        yield found


@pytest.fixture(scope="session")
def preview_address(sample: Sample, photos: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a preview of the corrected story is served."""
    folder = tmp_path_factory.mktemp("preview") / "out"
    build_preview(to_bytes(sample.correction), folder, photos)
    with serving(folder) as found:
        yield found
