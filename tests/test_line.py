"""The whole line on real input: walked once on the sample, once on a copy with every fact changed and canaries.

Each run starts drop, desk and press as programs and goes by the screens' own forms. The second run's
pseudonyms, relays, cards and a planted word exist nowhere else, so that one hit is one leak.
"""

from __future__ import annotations

import base64
import csv
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from copy import copy
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from tests import forked

from nightdesk.demo import canary, rows, vary
from nightdesk.demo.sample import Sample, read
from nightdesk.reading import read as words_read

SAMPLE = Path(vary.__file__).with_name("sample")
VARIED_NOT = (
    "절반",
    "一名",
)  # one broker stays one broker
PLANTED = "까막딱따구리표식"
pytestmark = pytest.mark.slow


class Walked:
    """One run: where it is, what it printed, on which sample."""

    def __init__(self, folder: Path, sample: Path, printed: str = "") -> None:
        self.folder, self.sample_folder, self.sample = folder, sample, read(sample)
        printed = printed or self.walk()
        self.told: dict[str, Any] = json.loads(printed.strip().splitlines()[-1])

    def walk(self) -> str:
        """Walks the line in this folder; what the command printed."""
        command = [
            sys.executable,
            "-m",
            "nightdesk",
            "demo",
            "--through",
            "--dir",
            str(self.folder),
            "--sample",
            str(self.sample_folder),
        ]
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("NIGHTDESK_DIR", "DJANGO_"))}
        done = subprocess.run(
            command, capture_output=True, text=True, env=environment, timeout=300, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def site(self) -> Path:
        return self.folder / "site"

    def page(self, lang: str) -> str:
        return (self.site / lang / self.sample.walk["slug"] / "index.html").read_text("utf-8")

    def acts(self) -> list[dict[str, str]]:
        with (self.site / "data" / "acts.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, walked_sample: tuple[Path, str]) -> Walked:
    walked, printed = walked_sample
    folder = shutil.copytree(walked, tmp_path_factory.mktemp("walk") / "d")
    return Walked(folder, SAMPLE, printed)


def names_of(sample: Sample) -> list[str]:
    """Every pseudonym and relay of a sample."""
    found = {report.source for report in sample.reports} | {report.via for report in sample.reports}
    return sorted(name for name in found if name and not name.startswith("unknown"))


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """The walk on the copy with other facts, names that exist nowhere else, and planted words."""
    base = tmp_path_factory.mktemp("changed")
    vary.write_copy(SAMPLE, base / "sample")
    for name in names_of(read(base / "sample")):
        for path in (base / "sample").iterdir():
            path.write_text(path.read_text("utf-8").replace(name, f"zq{name.replace('-', 'x')}q7"), "utf-8")
    reports = base / "sample" / "reports.jsonl"
    reports.write_text(reports.read_text("utf-8").replace("미루자.", f"미루자. {PLANTED}"), "utf-8")
    return Walked(base / "d", base / "sample")


def test_the_walk_reaches_the_end_of_the_line(first: Walked) -> None:
    told = first.told
    assert (told["reports"], told["claims"], told["releases"], told["acts"]) == (14, 5, 2, 2)
    assert told["events"] == 6 and told["findings"] >= 10 and told["decisions"] >= 10
    assert told["refused_second_decisions"] >= 1
    assert told["pages"] == sum(1 for _ in first.site.rglob("*.html"))


def test_the_english_page_says_the_kept_sum_in_house_style_and_none_of_what_was_generalised(
    first: Walked,
) -> None:
    page = first.page("en")
    assert "RMB 20,000 (around USD 2,800)" in page
    assert "5,000" not in page and "told us on Friday" not in page and "six months ago" not in page
    assert "the broker later paid part of the sum" in page.lower()


def test_no_edition_tells_what_the_other_leaves_out(first: Walked) -> None:
    """What the Korean text lost in the review, the English one lost too: the threat's content, the shared source."""
    english, korean = first.page("en"), first.page("ko")
    assert "exile" not in english and "추방" not in korean
    assert "same account" not in english and "같은 소식통" not in korean


def test_the_korean_page_keeps_the_sum_and_loses_the_contact_day_and_the_threat(first: Walked) -> None:
    page = first.page("ko")
    assert "2만 위안" in page
    assert "15일" not in page and "5천 위안" not in page and "산골로 추방되고 싶으냐" not in page


def test_both_editions_link_to_each_other_and_the_feeds_carry_the_correction(first: Walked) -> None:
    slug = first.sample.walk["slug"]
    assert f"/ko/{slug}/" in first.page("en") or f"../../ko/{slug}/" in first.page("en")
    for lang in ("ko", "en"):
        note = first.sample.walk["follow_up"]["note"][lang]
        for feed in ("feed.xml", "rss.xml", "feed.json"):
            assert note in (first.site / lang / feed).read_text("utf-8"), (lang, feed)


def test_every_custody_chain_holds_after_the_walk(first: Walked) -> None:
    words = ("--dir", first.folder, "--json", "--passphrase-file", first.folder / "demo-passphrase")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("NIGHTDESK_DIR", "DJANGO_"))}
    done = forked.run("-m", "nightdesk", "desk", "check", *words, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["chains"] > 14


def test_a_second_run_on_the_same_folder_tells_the_same_and_changes_nothing(first: Walked) -> None:
    before = {path: path.read_bytes() for path in (first.folder / "releases").iterdir()}
    again = Walked(first.folder, SAMPLE)
    assert again.told == first.told
    assert {path: path.read_bytes() for path in (first.folder / "releases").iterdir()} == before


# --- not keyed to the sample ---------------------------------------------------------------------------


def test_with_other_sums_days_and_towns_the_line_says_those(first: Walked, changed: Walked) -> None:
    page = changed.page("en")
    assert "RMB 30,000 (around USD 4,200)" in page and "RMB 20,000" not in page
    assert "Hyesan" in page and "Hoeryong" not in page
    assert changed.told["reports"] == 14 and changed.told["events"] == first.told["events"]
    summed = [row for row in changed.acts() if row["amount"]]
    assert [(row["place"], row["amount"], row["currency"]) for row in summed] == [("hyesan", "30000", "CNY")]
    assert changed.told["day"] == "2024-01-07"


def corroborated(sample: Path) -> tuple[set[frozenset[str]], dict[frozenset[str], tuple[int, int]]]:
    command = [sys.executable, "-m", "nightdesk", "corroborate", "--summary", str(sample / "reports.jsonl")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    events = [row for row in rows if "independent_origins" in row]
    keyed = {frozenset(row["reports"]): (row["independent_origins"], row["at_least"]) for row in events}
    return set(keyed), keyed


def as_the_command_takes_them(sample: Path, into: Path) -> Path:
    """The sample's reports with the field names of docs/formats/corroboration.md."""
    into.mkdir()
    lines = (sample / "reports.jsonl").read_text("utf-8").splitlines()
    keep = ("id", "source", "via", "lang", "basis", "text")
    rows = [json.loads(line) for line in lines]
    told = [{**{k: row[k] for k in keep}, "on": row["contact_on"]} for row in rows]
    (into / "reports.jsonl").write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in told), "utf-8")
    return into


def test_the_changed_copy_has_the_same_events_from_as_many_origins(tmp_path: Path) -> None:
    vary.write_copy(SAMPLE, tmp_path / "sample")
    plain = corroborated(as_the_command_takes_them(SAMPLE, tmp_path / "a"))
    other = corroborated(as_the_command_takes_them(tmp_path / "sample", tmp_path / "b"))
    assert plain == other
    assert frozenset({"R02", "R04", "R06", "R07", "R14"}) in plain[0]


def days_and_sums(values: Any) -> bool:
    """Whether a span's value is a sum, a count or one whole day."""
    return values.kind in ("money", "quantity", "duration") or (
        values.kind == "date" and values.value.get("earliest") == values.value.get("latest")
    )


def test_the_changed_copy_differs_in_every_sum_count_and_day_and_in_every_name(tmp_path: Path) -> None:
    vary.write_copy(SAMPLE, tmp_path / "sample")
    plain, other = read(SAMPLE), read(tmp_path / "sample")
    compared = 0
    for report in plain.reports:
        twin = other.report(report.id)
        ours = words_read(report.text, report.lang, report.contact_on, "KP").spans
        theirs = words_read(twin.text, twin.lang, twin.contact_on, "KP").spans
        for one, two in zip(ours, theirs, strict=True):
            if days_and_sums(one) and one.words not in VARIED_NOT:
                compared += 1
                assert one.value != two.value, (report.id, one.words)
    assert compared >= 25
    assert not set(names_of(plain)) & set(names_of(other))
    assert not set(plain.clock) & set(other.clock)


def test_the_two_mouths_of_the_changed_copy_dispute_its_own_sums(tmp_path: Path) -> None:
    vary.write_copy(SAMPLE, tmp_path / "sample")
    given = as_the_command_takes_them(tmp_path / "sample", tmp_path / "b")
    command = [sys.executable, "-m", "nightdesk", "corroborate", str(given / "reports.jsonl")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    disputed = [link for row in rows for link in row.get("links", ()) if link["relation"] == "disputes"]
    sides = {frozenset((str(link["says"]), str(link["against"]))) for link in disputed}
    assert any("30000" in "".join(side) and "20000" in "".join(side) for side in sides), sides


# --- the canary -----------------------------------------------------------------------------------------


def needles(walked: Walked) -> list[str]:
    """What must be nowhere outside the desk: names, cards sentence by sentence, the planted word."""
    cards = [
        part.strip() for card in walked.sample.walk["cards"].values() for part in re.split("[:,.]", card)
    ]
    return [*names_of(walked.sample), *(part for part in cards if len(part) > 12), PLANTED]


def test_no_byte_outside_the_desk_names_a_source(changed: Walked) -> None:
    roots = [changed.folder / name for name in ("drop", "logs", "site", "releases")]
    assert all(root.exists() for root in roots)
    assert canary.hits(needles(changed), canary.files(*roots)) == []


def test_the_desk_itself_does_hold_them_so_the_search_is_not_blind(changed: Walked, tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    opened.write_text("\n".join(rows.words(changed.folder)), "utf-8")
    found = {word for word, _ in canary.hits(needles(changed), [opened])}
    assert PLANTED in found and len(found) > 5


def test_no_byte_of_the_locked_desks_own_folder_holds_what_was_told(changed: Walked) -> None:
    """Every word of every column that readers do not have, looked for in every file the walk has left."""
    public = "".join(
        path.read_text("utf-8", "replace")
        for name in ("site", "releases")
        for path in canary.files(changed.folder / name)
    )
    told = {
        word for text in rows.words(changed.folder) for word in re.findall(r"[가-힣]{5,}|[A-Za-z]{12,}", text)
    }
    secret = [word for word in told if word not in public]
    written = [path for path in canary.files(changed.folder) if path.name != "newsroom.json"]
    assert len(secret) > 50
    assert canary.hits(secret, written) == []


@pytest.mark.parametrize(
    "hide",
    [
        str.encode,
        lambda word: unicodedata.normalize("NFD", word).encode(),
        lambda word: word.encode("utf-16-le"),
        lambda word: word.encode("utf-16-be"),
        lambda word: base64.b64encode(b"x" + word.encode() + b"yz"),
        lambda word: base64.urlsafe_b64encode(b"xy" + word.encode()),
        lambda word: quote(word).encode(),
        lambda word: gzip.compress(word.encode()),
    ],
)
def test_one_planted_word_is_found_however_it_is_written(tmp_path: Path, hide: Any) -> None:
    (tmp_path / "page.html").write_bytes(hide(PLANTED) if hide is not str.encode else PLANTED.encode())
    assert set(canary.hits([PLANTED], canary.files(tmp_path))) == {(PLANTED, tmp_path / "page.html")}
    assert canary.hits(["이런말은없다"], canary.files(tmp_path)) == []


def spellings(day: date) -> list[str]:
    """A day as people and programs write it in both languages."""
    month = day.strftime("%B")
    return [
        day.isoformat(), day.strftime("%Y%m%d"), f"{day.day} {month}", f"{month} {day.day}", f"{day.month}월 {day.day}일",
        f" {day.day}일", f">{day.day}일", day.strftime("%a, %d %b"),
    ]  # fmt: skip


def fields(walked: Walked) -> list[tuple[str, str]]:
    """Every published field, one by one: pages, feeds, sitemap, data, documents."""
    found: list[tuple[str, str]] = []
    for path in canary.files(walked.site, walked.folder / "releases"):
        if path.suffix in (".html", ".xml", ".txt", ".csv"):
            found += [(path.name, line) for line in path.read_text("utf-8").splitlines()]
        elif path.suffix in (".json", ".jsonl"):
            for line in (
                path.read_text("utf-8").splitlines() if path.suffix == ".jsonl" else [path.read_text("utf-8")]
            ):
                found += leaves(path.name, json.loads(line))
    return found


def leaves(where: str, value: Any) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [leaf for key, each in value.items() for leaf in leaves(f"{where}.{key}", each)]
    if isinstance(value, list):
        return [leaf for each in value for leaf in leaves(where, each)]
    return [(where, str(value))]


# Where a page, a feed or a row says the day of its own release, correction or rate.
OWN_KEYS = (
    ".released_on",
    ".first_released_on",
    ".version",
    ".date_modified",
    ".date_published",
    ".rate_on",
    ".notes.on",
)
OWN_DAYS = re.compile(
    r"<time[^>]*>[^<]*</time>|<(updated|atom:updated|published|pubDate|lastBuildDate|lastmod)>[^<]*<|as of \d{4}-\d\d-\d\d"
    r"|(Correction|바로잡습니다), [^:<]*:|= [\d.]+ [A-Z]{3} on [^()<]*\(|\d{4}년 \d+월 \d+일 기준 1 [A-Z]{3} ="
    r'|"date(Published|Modified)": ?"[^"]*"|^[0-9a-f]{24},[0-9a-f]{16},\d{4}-\d\d-\d\d,'
)


def said(published: list[tuple[str, str]], days: set[date], own: set[date]) -> list[tuple[str, str]]:
    """Where one of `days` stands; a day of the house's `own` counts outside the fields for that alone."""
    found = []
    for where, text in published:
        rest = "" if where.endswith(OWN_KEYS) else OWN_DAYS.sub(" ", text)
        for day in days:
            if any(words in (rest if day in own else text) for words in spellings(day)):
                found.append((where, text[:160]))
    return found


def contact_days(walked: Walked) -> set[date]:
    plan = walked.sample.walk
    told = [*(claim["report"] for claim in plan["claims"]), plan["follow_up"]["claim"]["report"]]
    return {walked.sample.report(name).contact_on for name in told}


def test_no_published_field_says_the_day_of_a_contact(first: Walked) -> None:
    days, own = contact_days(first), set(first.sample.clock)
    assert len(days - own) >= 3 and days & own
    published = fields(first)
    assert len(published) > 200
    assert said(published, days, own) == []


@pytest.mark.parametrize("own_day", [False, True])
def test_a_contact_day_planted_into_a_copy_of_the_site_is_seen_by_the_same_search(
    first: Walked, tmp_path: Path, own_day: bool
) -> None:
    own = set(first.sample.clock)
    day = next(day for day in sorted(contact_days(first)) if (day in own) is own_day)
    twin = copy_of(first, tmp_path)
    for name in ("en/feed.xml", f"ko/{first.sample.walk['slug']}/index.html"):
        path = twin.site / name
        planted = f"<p>a source told us on {day.day} {day.strftime('%B')}</p>\n"
        path.write_text(path.read_text("utf-8") + planted, "utf-8")
        assert len(said(fields(twin), {day}, own)) == 1, name
        path.write_text((first.site / name).read_text("utf-8"), "utf-8")


def copy_of(walked: Walked, into: Path) -> Walked:
    """The same walk with a site of its own to write on."""
    copied = copy(walked)
    copied.folder = into
    for name in ("site", "releases"):
        shutil.copytree(walked.folder / name, into / name)
    return copied
