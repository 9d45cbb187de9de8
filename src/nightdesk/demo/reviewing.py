"""Chapter three: each finding is generalised or kept with a reason; kept reds need a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nightdesk.demo import writing
from nightdesk.demo.person import Page, Refused

if TYPE_CHECKING:
    from nightdesk.demo.walk import Newsroom

MOST_STEPS = 80  # a story of a page never needs so many; an endless review is a fault


def review(room: Newsroom) -> None:
    """Ticks the public rows, works through the findings until none waits, and clears the text."""
    editor, path = room.who("editor"), f"/review/{room.story}/"
    _tick(room, editor.opens(path))
    room.count("findings", len(editor.opens(path).found))
    for _ in range(MOST_STEPS):
        page = editor.opens(path)
        if page.holds("/keep/"):
            _decide(room, page)
        elif not _second(room):
            break
    writing.stand_by(room)
    editor.sends(editor.opens(path), f"{path}clear/")


def _decide(room: Newsroom, page: Page) -> None:
    """One finding: a red one is generalised unless the plan keeps it; of the ambers, the planned ones."""
    editor, plan = room.who("editor"), room.plan
    severity, _, kind = page.finding.partition(" ")
    room.count("decisions")
    if kind == plan["keep"]["class"] and _is_to_keep(room, page):
        editor.sends(page, "/keep/", reason=plan["keep"]["reason"])
    elif page.holds("/generalise/") and (severity == "red" or kind in plan["generalise_amber"]):
        editor.sends(page, "/generalise/")
    else:
        editor.sends(page, "/keep/", reason=plan["keep_amber"]["reason"])


def _is_to_keep(room: Newsroom, page: Page) -> bool:
    """Whether the finding marks the sum that the plan keeps."""
    claim, marked = room.plan["keep"]["claim"], page.marked()
    sums = [words for chip in room.plan["chips"] if chip["claim"] == claim for words in chip.values()]
    return any(words in marks or marks in words for words in sums for marks in marked)


def _second(room: Newsroom) -> bool:
    """The first editor tries to agree with herself and is refused; the second reads and agrees."""
    second, reason = room.who("editor", 1), room.plan["keep"]["second_reason"]
    page = second.opens(f"/review/{room.story}/")
    if not page.holds("/second/"):
        return False
    form = page.form("/second/")
    if not room.who("editor").is_turned_away(form, reason=reason):
        raise Refused(200, "one person gave both decisions")
    room.count("refused")
    second.submits(form, reason=reason)
    return True


def _words(planned: dict[str, dict[str, str]]) -> dict[str, str]:
    """actor_ko, actor_en, party_ko, party_en: the fields of the form."""
    return {f"{name}_{lang}": said for name, by in planned.items() for lang, said in by.items()}


def _tick(room: Newsroom, page: Page) -> None:
    """Lets the planned claims into the public record."""
    editor, plan = room.who("editor"), [*room.plan["claims"], room.plan["follow_up"]["claim"]]
    statements = {c["id"]: c["statement"] for c in room.demo.sample.story["claims"]}
    for planned in plan:
        words = statements.get(planned["id"], planned.get("statement", ""))
        for form in page.forms:
            if planned["public"] and form.path.endswith("/record/") and words in form.said:
                editor.submits(form, public="1", **_words(planned["in_public"]))
