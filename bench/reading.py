"""How fast reading is: characters a second on one core and on two, beside others in the same run; what it costs.

Speeds on one core are of the processor's own time, so that other work on the machine moves them less;
two cores and the start are by the clock on the wall.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from importlib.resources import files

from bench import _others, strangers
from nightdesk.reading import read, tables
from nightdesk.reading.extra import look_ahead, names_where_installed

Row = tuple[str, float, str, str]
Note = tuple[str, str, date]
ON = date(2023, 12, 15)
SECONDS = 3.0
REPORTS, WORDS = 400, 120  # the sample a million reports are reckoned from
ROUNDS = 9  # of all strangers' notes
LOT = 32  # lines that the command looks at together


def bench() -> Iterator[Row]:
    """Rows of (name, value, unit, note)."""
    texts = _sample()
    for lang, notes in texts.items():
        speed = _others.speed(lambda text, lang=lang: read(text, lang, ON, "KP"), notes, SECONDS)
        yield f"reading {lang}", speed, "characters/s", "one core, notes as long as the sample's"
    yield from _strangers()
    yield from _others.rows(texts)
    yield from _rules(texts)
    long = "\n".join(texts["ko"]) * 8
    speed = _others.speed(lambda text: read(text, "ko", ON, "KP"), [long], SECONDS)
    yield "reading ko, one long text", speed, "characters/s", f"{len(long)} characters at once"
    yield "reading a note of 2,000 characters", _one((long * 4)[:2000]) * 1000, "ms", "live: under 50 ms"
    yield from _two_cores(texts["ko"])
    yield from _names(texts)
    yield from _million(texts)
    yield from _started()


def _sample() -> dict[str, list[str]]:
    lines = (files("nightdesk.demo") / "sample" / "reports.jsonl").read_text("utf-8").splitlines()
    reports = [json.loads(line) for line in lines]
    return {lang: [r["text"] for r in reports if r["lang"] == lang] for lang in ("ko", "zh", "en")}


def _rules(texts: dict[str, list[str]]) -> Iterator[Row]:
    """What the gate spares, and the limit: looking once where a rule may begin, at the speed of `re`."""
    for lang, notes in texts.items():
        start, rules = tables.start(lang), tables.rules(lang)
        seen = "\n".join(notes)
        tried = sum(len(start.gate.at(seen, place.start())) for place in start.places.finditer(seen))
        places = sum(1 for _ in start.places.finditer(seen))
        note = f"of {len(rules)} rules, at {places} places of {len(seen)} characters"
        yield f"rules tried a place, {lang}", tried / max(places, 1), "rules", note
    places_of = tables.start("ko").places
    scan = _others.speed(lambda text: sum(1 for _ in places_of.finditer(text)), texts["ko"], 1.0)
    yield "the limit: one scan for places, ko", scan, "characters/s", "one regular expression, nothing read"


def _names(texts: dict[str, list[str]]) -> Iterator[Row]:
    """Korean with the names extra, where it is installed."""
    if (names := names_where_installed()) is not None:
        read(texts["ko"][0], "ko", ON, "KP", names=names)  # Kiwi and the table are loaded before it counts
        speed = _others.speed(lambda text: read(text, "ko", ON, "KP", names=names), texts["ko"], SECONDS)
        yield (
            "reading ko, names on",
            speed,
            "characters/s",
            "one core, the names extra loaded; under way: 30,000",
        )


def _strangers() -> Iterator[Row]:
    """Each language over the notes of tests/reading/strangers, which are more than the sample's: best of the rounds."""
    rows = strangers.rows("all")
    names = names_where_installed()
    for lang in ("ko", "zh", "en"):
        notes = [(r["text"], lang, date.fromisoformat(r["on"])) for r in rows if r["lang"] == lang]
        speed = _best(notes, lambda text, lang, on: read(text, lang, on, "KP"))
        yield f"reading {lang}, strangers' notes", speed, "characters/s", "the best round; under way: 200,000"
        if lang == "ko" and names is not None:
            speed = _best(notes, lambda text, lang, on: read(text, lang, on, "KP", names=names), ahead=True)
            note = f"in lots of {LOT}, as the command reads; under way: 30,000"
            yield "reading ko, strangers' notes, names on", speed, "characters/s", note


def _best(notes: Sequence[Note], reader: Callable[[str, str, date], object], ahead: bool = False) -> float:
    """Characters a second of the processor's own time, in the best of the rounds; the first one warms up."""
    spent = []
    for _ in range(ROUNDS + 1):
        begun = time.process_time()
        for first in range(0, len(notes), LOT):
            lot = notes[first : first + LOT]
            if ahead:
                look_ahead(text for text, _, _ in lot)
            for note in lot:
                reader(*note)
        spent.append(time.process_time() - begun)
    return sum(len(text) for text, _, _ in notes) / min(spent[1:])


def _one(text: str) -> float:
    best = 60.0
    for _ in range(5):
        begun = time.process_time()
        read(text, "ko", ON, "KP")
        best = min(best, time.process_time() - begun)
    return best


def _work(notes: Sequence[str]) -> float:
    return _others.speed(lambda text: read(text, "ko", ON, "KP"), notes, SECONDS) * SECONDS


def _two_cores(notes: list[str]) -> Iterator[Row]:
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(_work, [notes[:1], notes[:1]]))  # both have started and know the tables
        begun = time.perf_counter()
        done = sum(pool.map(_work, [notes, notes]))
        wall = time.perf_counter() - begun
    load = f"load {os.getloadavg()[0]:.1f}"
    yield "reading ko, two processes", done / SECONDS, "characters/s", "sum of each one's own time"
    yield "reading ko, two processes, by the clock", done / wall, "characters/s", f"two cores, {load}"


def _million(texts: dict[str, list[str]]) -> Iterator[Row]:
    """Reports of 120 words each, drawn from the sample's sentences; a million reckoned from them."""
    chance = random.Random(4)
    for lang in ("ko", "en"):
        reports = [_report(texts[lang], chance) for _ in range(REPORTS)]
        begun = time.process_time()
        for text in reports:
            read(text, lang, ON, "KP")
        each = (time.process_time() - begun) / REPORTS
        note = f"reckoned from {REPORTS} reports of {WORDS} words, {each * 1000:.2f} ms each; under 60"
        yield f"a million reports {lang}, two cores", each * 1_000_000 / 2 / 60, "minutes", note


def _report(notes: Sequence[str], chance: random.Random) -> str:
    words: list[str] = []
    while len(words) < WORDS:
        words += chance.choice(notes).split()
    return " ".join(words[:WORDS])


def _held(look: str, texts: str) -> float:
    """The most memory a fresh interpreter holds over the texts (Linux says it of the process alone)."""
    code = f"import json,sys;{look}\n[look(t) for t in json.load(sys.stdin)];print(open('/proc/self/status').read())"
    told = {"input": texts, "check": False, "capture_output": True, "text": True}
    done = subprocess.run([sys.executable, "-c", code], **told)
    most = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("VmHWM")]
    return int(most[0]) / 1024 if most else 0.0


def _started() -> Iterator[Row]:
    """The most memory a fresh interpreter holds, and how long it takes to its first answer."""
    texts = json.dumps([text for notes in _sample().values() for text in notes])
    ours = "from nightdesk.reading import read;from datetime import date;look=lambda t:read(t,None,date(2023,12,15),'KP')"
    kiwi = "from kiwipiepy import Kiwi;look=Kiwi(num_workers=1).tokenize"
    yield "reading, memory", _held(ours, texts), "MiB", "the most held, the sample in three languages"
    yield "Kiwi, memory", _held(kiwi, texts), "MiB", "the same; 0 where it is not installed"
    first = [
        sys.executable,
        "-c",
        "from nightdesk.cli import main; main()",
        "read",
        "--text",
        "2만 위안",
        "--no-names",
    ]
    walls, owns = [], []
    for _ in range(5):
        before, begun = os.times(), time.perf_counter()
        subprocess.run(first, check=True, stdout=subprocess.DEVNULL)
        after = os.times()
        walls.append(time.perf_counter() - begun)
        spent = (after.children_user - before.children_user) + (
            after.children_system - before.children_system
        )
        owns.append(spent)
    yield "reading, start to first answer", min(walls) * 1000, "ms", "best of five, by the clock; under 400"
    yield "reading, start, processor's time", min(owns) * 1000, "ms", "best of five; a fresh interpreter"
