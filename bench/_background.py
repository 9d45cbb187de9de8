"""How common words are before the first account has come: writes src/nightdesk/corroboration/data/background.toml.

Run `python -m bench._background`. Counted over invented texts only: the part of the corroboration gold that
weights are fitted to, and the reading gold. A word (or, in Korean and Chinese, a pair of syllables) that stands
in at least LEAST texts is kept, with in how many of a thousand texts it stands. Names and numbers are left out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.events import HANDS, rows_of
from nightdesk.corroboration.scanning import Scanned
from nightdesk.corroboration.words import CONCEPT, NAME, words

ROOT = Path(__file__).parent.parent
KINDS = ("acts", "details")
LEAST = {"en": 6, "ko": 5, "zh": 5}
HEAD = """# In how many of a thousand texts a word stands, as counted over invented texts (bench/_background.py). It stands
# in for experience while accounts are few: without it "police" would look as rare as a surname. English words by
# their stem, Korean and Chinese by pairs of syllables.
"""


def texts() -> Iterator[tuple[str, str]]:
    """(language, text) of everything counted."""
    for hand in HANDS:
        yield from ((row["lang"], f"{row.get('title', '')}\n{row['text']}") for row in rows_of(hand, "tune"))
    for file in sorted((ROOT / "tests" / "reading" / "gold").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            yield row["lang"], row["text"]


def main() -> None:
    counted: dict[str, Counter[str]] = {lang: Counter() for lang in LEAST}
    total: Counter[str] = Counter()
    things: Counter[str] = Counter()
    kinds: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for lang, text in texts():
        total[lang] += 1
        counted[lang].update(words(text, lang).tokens)
        scanned = Scanned(text.lower(), lang)
        things.update(list(scanned.first("concepts")))
        for kind in KINDS:
            kinds[kind].update(list(scanned.first(kind)))
    parts = [HEAD]
    for lang, least in LEAST.items():
        rows = sorted(
            (t, n)
            for t, n in counted[lang].items()
            if n >= least and t[0] not in (NAME, CONCEPT) and not t[0].isdecimal()
        )
        cells = (f'"{token}" = {round(1000 * n / total[lang])}' for token, n in rows)
        parts.append(f"\n[{lang}]\n" + "\n".join(cells) + "\n")
    all_texts = sum(total.values())
    cells = (
        f'"{CONCEPT}{thing}" = {max(1, round(1000 * n / all_texts))}' for thing, n in sorted(things.items())
    )
    parts.append("\n[things]  # of data/concepts.toml, in any language\n" + "\n".join(cells) + "\n")
    for kind, counts in kinds.items():
        cells = (f"{name} = {round(1000 * n / all_texts)}" for name, n in sorted(counts.items()))
        parts.append(f"\n[{kind}]  # of data/acts.toml, in any language\n" + "\n".join(cells) + "\n")
    (ROOT / "src/nightdesk/corroboration/data/background.toml").write_text("".join(parts), "utf-8")
    print({lang: f"{total[lang]} texts" for lang in total})


if __name__ == "__main__":
    main()
