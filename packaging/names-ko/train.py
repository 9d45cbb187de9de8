"""Trains the table of weights from KLUE's sentences, or says by cross-validation how good that is.

    python train.py GOLD.jsonl                 writes src/nightdesk_names_ko/data/weights.tsv
    python train.py GOLD.jsonl --cross 5       trains five times on four fifths, prints what the last fifth gets

Needs python-crfsuite and kiwipiepy beside Nightdesk. GOLD: lines {"text","lang","on","spans":[{"start","end","label"}]}.
Words of people's names are left out of the features they are trained on (`nameless`), so that the table
knows what stands around a name and what one looks like, and lists nobody. Train again when the rules change:
what they read is a feature.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import nightdesk_names_ko as package
import pycrfsuite
from nightdesk_names_ko import features as f
from nightdesk_names_ko import words as known
from nightdesk_names_ko.morphemes import kiwi, like, told

from nightdesk.reading import read
from nightdesk.reading.find import Find

OUT = Path(__file__).parent / "src" / "nightdesk_names_ko" / "data" / "weights.tsv"
SETTINGS = {"c1": 0.1, "c2": 0.1, "max_iterations": 70, "feature.possible_transitions": False}
LEAST = 0.02  # a smaller weight decides nothing and is left out
# Features that hold the letters of the word itself.
_OWN = re.compile(r"(?:w|wt|c2|c3|p2|p3|gw|gl|gf|ge2|rw|bw|wc)=")
# Those of the neighbours: beside a name they may hold its other half.
_NEXT = re.compile(r"(?:b|c|a|d|e|ga|ga2|gb|pn|nn|bw|wc|gl|gf|gw)=(.*)")
Row = dict[str, Any]
Sample = tuple[list[list[str]], list[str]]


def sample(row: Row, tokens: Sequence[Any]) -> tuple[list[f.Piece], list[list[str]], list[str]]:
    """The pieces of one sentence, their features and labels."""
    text = row["text"]
    found = f.pieces(told(tokens), text)
    spans = read(text, "ko", date(2020, 1, 1)).spans
    finds = [Find(s.start, s.end, s.kind, s.value) for s in spans]
    seen = package.readings(found, [(x.start, x.end, str(x.kind)) for x in finds if package.told(x)])
    labels = ["O"] * len(found)
    for span in row["spans"]:
        inside = [i for i, p in enumerate(found) if p.start < span["end"] and span["start"] < p.end]
        for n, i in enumerate(inside):
            labels[i] = ("I-" if n else "B-") + span["label"]
    rows = [[feature for part in parts for feature in part] for parts in f.facts(found, seen, like)]
    return found, rows, labels


def samples(rows: Sequence[Row]) -> list[tuple[list[f.Piece], list[list[str]], list[str]]]:
    return [
        sample(row, tokens)
        for row, tokens in zip(rows, kiwi().tokenize([r["text"] for r in rows]), strict=True)
    ]


def nameless(found: Sequence[f.Piece], rows: list[list[str]], labels: Sequence[str]) -> list[list[str]]:
    """The features without the letters of people's names, longer than one syllable."""
    people = {
        p.words for p, label in zip(found, labels, strict=True) if label.endswith("PS") and len(p.words) > 1
    }
    out = []
    for row, label in zip(rows, labels, strict=True):
        mine = label.endswith("PS")
        out.append([x for x in row if not (mine and _OWN.match(x)) and not _holds(x, people)])
    return out


def _holds(feature: str, people: set[str]) -> bool:
    found = _NEXT.match(feature)
    return bool(found and people and any(name in found[1] for name in people))


# Sentences with other names in the same places ---------------------------------------------------


def swapped(row: Row, pool: dict[str, list[str]], draw: random.Random) -> Row:
    """The sentence with other names: a Korean person's made of parts, places and organisations of the lists."""
    out, at, spans = "", 0, []
    for span in row["spans"]:
        words = row["text"][span["start"] : span["end"]]
        if span["label"] in ("PS", "LC", "OG") and draw.random() < 0.7:
            words = _other(words, span["label"], pool, draw)
        out += row["text"][at : span["start"]]
        spans.append({"start": len(out), "end": len(out) + len(words), "label": span["label"]})
        out += words
        at = span["end"]
    return {**row, "text": out + row["text"][at:], "spans": spans}


def _other(words: str, label: str, pool: dict[str, list[str]], draw: random.Random) -> str:
    """Another name of the kind, with a final consonant where this one has one: 는 stays right."""
    for _ in range(20):
        made = _drawn(words, label, pool, draw)
        if _closed(made) == _closed(words):
            return made
    return words


def _drawn(words: str, label: str, pool: dict[str, list[str]], draw: random.Random) -> str:
    if label == "LC":
        return draw.choice(pool["place"] if draw.random() < 0.7 else pool["town"])
    if label == "OG":
        return draw.choice(pool["organisation"])
    if len(words) == 1:
        return draw.choice(pool["surname"]) if "가" <= words <= "힣" else words
    if known.name_form(words):
        first, second = draw.choice(pool["given"]), draw.choice(pool["given"])
        return (
            draw.choice(pool["surname"]) + (first if draw.random() < 0.5 else first[0] + second[1])
            if len(words) == 3
            else words
        )
    return draw.choice(pool["other"])


def _closed(words: str) -> bool:
    return "가" <= words[-1] <= "힣" and (ord(words[-1]) - 0xAC00) % 28 > 0


def pool_of(rows: Sequence[Row]) -> dict[str, list[str]]:
    """Names to draw from: those of these sentences and of the word lists."""
    said = defaultdict(list)
    for row in rows:
        for span in row["spans"]:
            said[span["label"]].append(row["text"][span["start"] : span["end"]])
    korean = [w for w in said["PS"] if re.fullmatch("[가-힣]{3}", w) and known.name_form(w)]
    listed = {name: sorted(words) for name, words in known.lists().items()}
    return {
        "surname": [w[0] for w in korean], "given": [w[1:] for w in korean],
        "other": [w for w in said["PS"] if len(w) > 1 and not known.name_form(w)] + listed["foreign_first"],
        "place": said["LC"] + listed["world"] + listed["countries"] + listed["regions"], "town": listed["towns"],
        "organisation": said["OG"] + listed["organisations"],
    }  # fmt: skip


# Training ----------------------------------------------------------------------------------------


def training(rows: Sequence[Row], seed: int, copies: int, names_too: bool) -> list[Sample]:
    """The samples of these sentences, and of copies with other names."""
    draw, pool = random.Random(seed), pool_of(rows)  # noqa: S311 - the same copies every time
    made = list(rows)
    for _ in range(copies):
        made += [
            swapped(row, pool, draw)
            for row in rows
            if any(s["label"] in ("PS", "LC", "OG") for s in row["spans"])
        ]
    return [
        (row if names_too else nameless(found, row, labels), labels) for found, row, labels in samples(made)
    ]


def train(data: Sequence[Sample], path: str) -> None:
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params(SETTINGS)
    for rows, labels in data:
        trainer.append(rows, labels)
    trainer.train(path)


def table(path: str) -> Iterator[str]:
    """The model as lines that crf.parse reads."""
    tagger = pycrfsuite.Tagger()
    tagger.open(path)
    info = tagger.info()
    labels = sorted(info.labels)
    yield "# Weights of a linear-chain CRF. Derived from KLUE-NER v1.1 (CC BY-SA 4.0), and under that licence."
    yield "\t".join(["labels", *labels])
    for (first, second), weight in sorted(info.transitions.items()):
        yield f">\t{first}\t{second}\t{weight:.2f}"
    by_feature: dict[str, list[str]] = defaultdict(list)
    for (feature, label), weight in sorted(info.state_features.items()):
        if abs(weight) >= LEAST and not re.search(r"[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", feature):
            by_feature[feature].append(f"{label}={weight:.2f}")
    yield from ("\t".join([feature, *pairs]) for feature, pairs in sorted(by_feature.items()))


def model_of(path: str) -> package.crf.Model:
    return package.crf.parse(iter(table(path)))


# Judging -----------------------------------------------------------------------------------------


def fold(asked: tuple[Path, int, int, int, bool]) -> list[list[tuple[int, int, str]]]:
    """What the sentences of one part get from a model of the others."""
    gold, number, folds, copies, names_too = asked
    rows = rows_of(gold)
    path = str(Path(tempfile.mkdtemp()) / "model")
    train(training([r for i, r in enumerate(rows) if i % folds != number], number, copies, names_too), path)
    model = model_of(path)
    return [
        package.spans(package.crf.best(model, [[tuple(row)] for row in seen]), found)
        for found, seen, _ in samples(rows[number::folds])
    ]


def cross(gold: Path, folds: int, copies: int, names_too: bool) -> list[list[tuple[int, int, str]]]:
    """What each sentence gets from a model that was not trained on it."""
    got: list[list[tuple[int, int, str]]] = [[] for _ in rows_of(gold)]
    with multiprocessing.get_context("spawn").Pool(2, maxtasksperchild=1) as workers:
        asked = [(gold, number, folds, copies, names_too) for number in range(folds)]
        for number, spans in enumerate(workers.imap(fold, asked)):
            got[number::folds] = spans
    return got


def rows_of(gold: Path) -> list[Row]:
    return [json.loads(line) for line in gold.read_text("utf-8").splitlines()]


def score(rows: Sequence[Row], got: Sequence[Sequence[tuple[int, int, str]]]) -> str:
    both: Counter[str] = Counter()
    said: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    for row, spans in zip(rows, got, strict=True):
        mine, theirs = set(spans), {(s["start"], s["end"], s["label"]) for s in row["spans"]}
        both.update(s[2] for s in mine & theirs)
        said.update(s[2] for s in mine)
        gold.update(s[2] for s in theirs)
    f1 = {label: 2 * both[label] / max(1, said[label] + gold[label]) for label in sorted(gold)}
    return " | ".join(f"{k} {v:.3f}" for k, v in f1.items()) + f" | macro {sum(f1.values()) / len(f1):.4f}"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("gold", type=Path)
    asked.add_argument("--cross", type=int, metavar="FOLDS")
    asked.add_argument("--copies", type=int, default=1, help="copies of the sentences with other names")
    asked.add_argument(
        "--names-too", action="store_true", help="keep the letters of people's names (to compare)"
    )
    asked.add_argument("--spans", type=Path, help="write what --cross got")
    args = asked.parse_args()
    rows = rows_of(args.gold)
    if args.cross:
        got = cross(args.gold, args.cross, args.copies, args.names_too)
        if args.spans:
            args.spans.write_text(json.dumps(got))
        print(score(rows, got))
        return
    path = str(Path(tempfile.mkdtemp()) / "model")
    train(training(rows, 0, args.copies, args.names_too), path)
    OUT.write_text("\n".join(table(path)) + "\n", "utf-8")
    print(f"{OUT.name}: {OUT.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
