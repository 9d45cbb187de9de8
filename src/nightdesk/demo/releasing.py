"""Chapter four: the cleared text is released; a correction is begun with its note to readers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nightdesk.demo.walk import Newsroom


def release(room: Newsroom) -> None:
    """The editor releases what was cleared; the press builds the site."""
    editor, path = room.who("editor"), f"/releases/{room.story}/"
    editor.sends(editor.opens(path), f"{path}release/")


def correct(room: Newsroom, planned: dict[str, Any]) -> None:
    """The editor begins a correction and says to readers what changed."""
    editor, path = room.who("editor"), f"/releases/{room.story}/"
    notes = {f"note_{lang}": words for lang, words in planned["note"].items()}
    editor.sends(editor.opens(path), f"{path}correct/", **notes)
