"""What is said in place of a withdrawn story: the day and the note to readers, and no word of the story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from nightdesk.press.articles import path_of
from nightdesk.press.shelf import Story
from nightdesk.press.words import day, words
from nightdesk.release.model import Release


@dataclass(frozen=True, slots=True)
class Grave:
    """A withdrawn story in one language it was published in."""

    release: Release  # the withdrawal
    lang: str
    path: str
    other: dict[str, str]  # language → path of its other tombstones
    withdrawn_on: str  # the sentence with the day
    note: str  # why, as cleared for readers; empty in a Release that says nothing

    @property
    def on(self) -> date:
        return self.release.released_on


def graves(stories: Iterable[Story], lang: str) -> Iterator[Grave]:
    """The withdrawn stories that were published in `lang`, in the given order."""
    for story in stories:
        if story.withdrawn and lang in story.languages:
            yield _grave(story, lang)


def _grave(story: Story, lang: str) -> Grave:
    release = story.current
    paths = {code: path_of(code, release.slug) for code in story.languages}
    said = str(words(lang)["withdrawn_on"]).format(day=day(release.released_on, lang))
    note = " ".join(note.words[lang] for note in release.notes if note.words.get(lang))
    other = {code: path for code, path in paths.items() if code != lang}
    return Grave(release, lang, paths[lang], other, said, note)
