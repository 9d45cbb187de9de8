"""In how many released stories each word and each pair of neighbouring words stands: the one file of its SQL.

A code is a hash of a word or of a pair (disclosure.wording), or a script. Of each released version its codes are kept,
so that a story counts once however often it was corrected, and what leaves is taken out again exactly. Belongs here:
counting, and looking up for one review. Does not belong here: hashing (disclosure.wording), what is rare (rules.voice).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from nightdesk.desk.review.models import PrintedCode, RememberedWording
from nightdesk.disclosure.wording import HANGUL, LATIN, Printed, Wording, hashed, unpacked

if TYPE_CHECKING:
    from nightdesk.desk.releases.models import Release
    from nightdesk.desk.stories.models import Story

PAIR = 1 << 32  # added to the hash of a pair; a word's is its code as it is
SCRIPTS = {HANGUL: 1 << 33, LATIN: (1 << 33) + 1}
HELD = (1 << 33) + 2  # the row that says how many codes are held
MOST = 16_000_000  # codes, some 150 MB: more is not counted, and then voice is not judged
# {code, ...} as JSON comes in as one parameter, however many they are.
LOOK_UP = "SELECT code, stories FROM review_printedcode WHERE code IN (SELECT value FROM json_each(%s))"
ONE_MORE = (
    "INSERT INTO review_printedcode(code, stories) SELECT value, 1 FROM json_each(%s) WHERE true "
    "ON CONFLICT(code) DO UPDATE SET stories = stories + 1"
)
ONE_LESS = (
    "UPDATE review_printedcode SET stories = stories - 1 WHERE code IN (SELECT value FROM json_each(%s))"
)
GONE = "DELETE FROM review_printedcode WHERE stories <= 0 AND code IN (SELECT value FROM json_each(%s))"


def codes_of(words: bytes, pairs: bytes, scripts: Iterable[str]) -> set[int]:
    """The codes of a version."""
    return {*unpacked(words), *(PAIR + one for one in unpacked(pairs)), *(SCRIPTS[one] for one in scripts)}


def codes_in(rows: Any) -> set[int]:
    """The codes of all these versions of a story together."""
    found: set[int] = set()
    for words, pairs, scripts in rows.values_list("words", "pairs", "scripts"):
        found |= codes_of(bytes(words), bytes(pairs), scripts.split())
    return found


@transaction.atomic
def keep(release: Release, said: Wording) -> None:
    """Counts a version's words, in place of what an older reading counted of it."""
    of_story = RememberedWording.objects.filter(story=release.story_id)
    before = codes_in(of_story)
    after = codes_in(of_story.exclude(release=release)) | codes_of(said.words, said.pairs, said.scripts)
    fits = _count(after - before)
    kept = said if fits else Wording()
    RememberedWording.objects.update_or_create(
        release=release,
        defaults={"story_id": release.story_id, "words": kept.words, "pairs": kept.pairs,
                  "scripts": " ".join(kept.scripts), "counted": fits},
    )  # fmt: skip
    _uncount(before - codes_in(of_story))


def forget(release: int) -> None:
    """Takes a version's words out, but for those that other versions of its story have too."""
    row = RememberedWording.objects.filter(release=release)
    gone = codes_in(row)
    story = row.values_list("story", flat=True).first()
    row.update(words=b"", pairs=b"", scripts="")
    _uncount(gone - codes_in(RememberedWording.objects.filter(story=story)))


def _count(codes: set[int]) -> bool:
    """One story more for each code, or for none where there is no room for the new ones; says which."""
    new = len(codes) - len(_stories(codes))
    if _stories({HELD}).get(HELD, 0) + new > MOST:
        return False
    with connection.cursor() as cursor:
        cursor.execute(ONE_MORE, [_listed(codes)])
    _hold(new)
    return True


def _uncount(codes: set[int]) -> None:
    """One story less; a code that no story has is not held."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_LESS, [_listed(codes)])
        cursor.execute(GONE, [_listed(codes)])
        gone = cursor.rowcount
    _hold(-gone)


def _hold(more: int) -> None:
    row, _made = PrintedCode.objects.get_or_create(code=HELD, defaults={"stories": 0})
    PrintedCode.objects.filter(code=HELD).update(stories=row.stories + more)


def _stories(codes: Iterable[int]) -> dict[int, int]:
    """Code -> stories, of those that are held; one question however many codes."""
    with connection.cursor() as cursor:
        cursor.execute(LOOK_UP, [_listed(codes)])
        return dict(cursor.fetchall())


def _listed(codes: Iterable[int]) -> str:
    """In order, so that neighbours in the table are asked for one after the other."""
    return json.dumps(sorted(codes))


class PrintedBefore(Printed):
    """The counts without those of one story: each of its phrases would be known from its own earlier versions."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._known: dict[int, int] = {}

    @cached_property
    def _own(self) -> set[int]:
        return codes_in(RememberedWording.objects.filter(story=self._story))

    @cached_property
    def stories(self) -> Mapping[str, int]:
        """Asked once a review."""
        known = self._less_own(SCRIPTS.values())
        return {name: known[code] for name, code in SCRIPTS.items()}

    @cached_property
    def full(self) -> bool:
        """Whether a version found no room."""
        return RememberedWording.objects.filter(counted=False).exists()

    def ahead(self, words: Iterable[str], pairs: Iterable[tuple[str, str]]) -> None:
        """All of it in one question."""
        self._known |= self._less_own({*map(hashed, words), *(pair_code(one, two) for one, two in pairs)})

    def knows(self, one: str, two: str) -> bool:
        """From what was looked up; what nobody named ahead is looked up by itself."""
        return self._of(pair_code(one, two)) > 0

    def count(self, word: str) -> int:
        """The same."""
        return self._of(hashed(word))

    def _of(self, code: int) -> int:
        if code not in self._known:
            self._known |= self._less_own({code})
        return self._known[code]

    def _less_own(self, codes: Iterable[int]) -> dict[int, int]:
        asked = set(codes)
        found = _stories(asked)
        return {code: found.get(code, 0) - (code in self._own) for code in asked}


def pair_code(one: str, two: str) -> int:
    """The code of two words side by side."""
    return PAIR + hashed(f"{one} {two}")
