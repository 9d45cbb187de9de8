"""Korean names for `nightdesk read`: a small model, kept apart for its licence (see LICENCE.md).

`names(text, finds)` is what `nightdesk.reading.read(…, names=names)` takes. Pure and deterministic; Kiwi
and the table of weights are loaded at the first call.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from nightdesk_names_ko import crf
from nightdesk_names_ko.features import Piece, facts, pieces
from nightdesk_names_ko.words import lists, whole_words

if TYPE_CHECKING:
    from nightdesk.reading.find import Find
    from nightdesk.reading.labels import Label
    from nightdesk.reading.model import Kind

KINDS: dict[str, Kind] = {
    "PS": "person",
    "LC": "place",
    "OG": "organisation",
    "DT": "date",
    "TI": "time",
    "QT": "quantity",
}
LISTED = frozenset("CRWTOLF")
COUNTED = ("DT", "TI", "QT")
# A text is read in pieces no longer than this: long ones cost no more a character, and little memory.
LONGEST = 2_000


@cache
def model() -> crf.Model:
    """The weights, read once."""
    with (files("nightdesk_names_ko") / "data" / "weights.tsv").open(encoding="utf-8") as lines:
        return crf.parse(lines)


def ahead(texts: Iterable[str]) -> None:
    """Looks at texts together that `names` is asked about next, one by one: the same labels, sooner."""
    from nightdesk_names_ko import morphemes

    morphemes.ahead(text[start:end] for text in texts for start, end in lines(text))


def names(text: str, finds: Sequence[Find]) -> list[Label]:
    """Names, and what else KLUE marks, as labels over the text; also proper nouns that are nothing of these."""
    from nightdesk.reading.labels import Label
    from nightdesk_names_ko.morphemes import like, tokens

    out = []
    for start, end in lines(text):
        found = pieces(tokens(text[start:end]), text[start:end])
        read = readings(found, [(f.start - start, f.end - start, str(f.kind)) for f in finds if told(f)])
        marks = []
        for a, b in sentences(found):
            if worth_asking(found[a:b], read[a:b]):
                marks += spans(crf.best(model(), facts(found[a:b], read[a:b], like)), found[a:b])
        marks = [
            mark
            for mark in marks
            if mark[2] in COUNTED or not is_word(text[start + mark[0] : start + mark[1]])
        ]
        out += [Label(start + a, start + b, KINDS[kind]) for a, b, kind in marks]
        out += [Label(start + a, start + b, None) for a, b in unlisted(found, marks)]
    return out


def sentences(found: Sequence[Piece]) -> list[tuple[int, int]]:
    """Where the pieces are cut: behind a mark that ends a sentence, before a space."""
    ends = [i + 1 for i, piece in enumerate(found[:-1]) if piece.tag == "SF" and found[i + 1].spaced]
    return list(pairwise([0, *ends, len(found)]))


def worth_asking(found: Sequence[Piece], read: Sequence[str]) -> bool:
    """Whether a sentence has anything that may be a name, or a figure that no rule read."""
    known = whole_words()
    return any(
        piece.code < 0
        or piece.tag in ("NNP", "SL", "SH")
        or (piece.tag in ("SN", "NR", "MM") and not said)
        or not LISTED.isdisjoint(known.get(piece.words, ""))
        for piece, said in zip(found, read, strict=True)
    )


def is_word(said: str) -> bool:
    """Whether it is, or ends in, an everyday word of the North: 중국 손전화 is no company."""
    last = said.split()[-1] if said.strip() else said
    return last in lists()["no_names"] or last.removesuffix("들") in lists()["no_names"]


def told(find: Find) -> bool:
    """Whether the model is told of what a rule read: not of quotations, nor of persons without a name."""
    return find.kind not in (None, "quotation", "contact") and (find.kind != "person" or "name" in find.value)


def lines(text: str) -> list[tuple[int, int]]:
    """Where the text is cut: at line ends, and in a long line at a space."""
    out, start = [], 0
    for line in text.splitlines(keepends=True):
        at = 0
        while at < len(line):
            end = min(at + LONGEST, len(line))
            if end < len(line) and (space := line.rfind(" ", at + LONGEST // 2, end)) > 0:
                end = space + 1
            if line[at:end].strip():
                out.append((start + at, start + end))
            at = end
        start += len(line)
    return out


def readings(found: Sequence[Piece], finds: Sequence[tuple[int, int, str]]) -> list[str]:
    """For each piece what the rules read there: B-date where it begins, I-date inside."""
    out = [""] * len(found)
    for start, end, kind in finds:
        for i, piece in enumerate(found):
            if start <= piece.start and piece.end <= end:
                out[i] = ("B-" if piece.start == start else "I-") + kind
    return out


def spans(labels: Sequence[str], found: Sequence[Piece]) -> list[tuple[int, int, str]]:
    """Runs of B-X I-X … as stretches."""
    out: list[tuple[int, int, str]] = []
    for label, piece in zip(labels, found, strict=True):
        if label.startswith("I-") and out and out[-1][2] == label[2:]:
            out[-1] = (out[-1][0], piece.end, out[-1][2])
        elif label != "O":
            out.append((piece.start, piece.end, label[2:]))
    return out


def unlisted(found: Sequence[Piece], marks: Sequence[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """Proper nouns outside every mark: silence is never green."""
    out = []
    for piece in found:
        if (
            piece.tag == "NNP"
            and len(piece.words) > 1
            and not any(a < piece.end and piece.start < b for a, b, _ in marks)
        ):
            out.append((piece.start, piece.end))
    return out
