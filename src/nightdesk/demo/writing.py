"""Chapter two: a story of paragraphs over claims, its sums as chips, and its English edition."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nightdesk.demo.person import Page, Person, Refused

if TYPE_CHECKING:
    from nightdesk.demo.walk import Newsroom

STORY = re.compile(r"/stories/(\d+)/$")
SAVE = re.compile(r"/stories/paragraph/(\d+)/$")
TRANSLATE = re.compile(r"/translation/paragraph/(\d+)/$")


def _with_chips(room: Newsroom, text: str, lang: str) -> str:
    """The text with planned sums as chips of the claims they rest on."""
    for chip in room.plan["chips"]:
        text = text.replace(chip[lang], f"{{money:c{room.claims[chip['claim']]}}}")
    return text


def draft(room: Newsroom) -> None:
    """The editor begins the story over the claims, writes its paragraphs, hands it to translation."""
    editor, plan = room.who("editor"), room.plan
    lang = room.demo.sample.newsroom["reporting_language"]
    claims = [room.claims[c["id"]] for c in plan["claims"]]
    page = editor.sends(
        editor.opens("/stories/new/"), "/stories/new/", title=plan["headline"][lang],
        slug=plan["slug"], source_lang=lang, claims=claims,
    )  # fmt: skip
    found = STORY.search(page.path)
    if found is None:
        raise Refused(page.status, f"the story was not begun: {page.words[:400]}")
    room.story = found[1]
    heading = {"title": plan["headline"][lang], "summary": plan["summary"][lang]}
    page = editor.sends(page, f"/stories/{room.story}/heading/", **heading)
    for form, paragraph in zip(_forms(page, SAVE), room.demo.sample.story["editions"][lang], strict=True):
        editor.submits(form, text=_with_chips(room, paragraph["text"], lang))
    page = editor.opens(f"/stories/{room.story}/")
    editor.sends(page, f"/stories/{room.story}/hand-over/")


def _forms(page: Page, action: re.Pattern[str]) -> list[Any]:
    """The paragraphs' own forms on a page, in order: those with a textarea to type in."""
    return [form for form in page.forms if action.search(form.path) and form.has_textarea("text")]


def translate(room: Newsroom) -> None:
    """The translator renders headline, summary and every paragraph."""
    translator, plan = room.who("translator"), room.plan
    other = _other(room)
    page = translator.opens(f"/translation/{room.story}/")
    heading = {"title": plan["headline"][other], "summary": plan["summary"][other]}
    page = translator.sends(page, f"/translation/{room.story}/heading/", **heading)
    page = translator.opens(f"/translation/{room.story}/")
    for form, paragraph in zip(
        _forms(page, TRANSLATE), room.demo.sample.story["editions"][other], strict=True
    ):
        translator.submits(form, text=_with_chips(room, paragraph["text"], other))


def _other(room: Newsroom) -> str:
    newsroom = room.demo.sample.newsroom
    return next(str(lang) for lang in newsroom["languages"] if lang != newsroom["reporting_language"])


def add(room: Newsroom, planned: dict[str, Any]) -> None:
    """A paragraph at the end, resting on the new claim, in both languages."""
    editor, lang = room.who("editor"), room.demo.sample.newsroom["reporting_language"]
    page = editor.sends(editor.opens(f"/stories/{room.story}/"), f"/stories/{room.story}/add/")
    last = _forms(page, SAVE)[-1]
    editor.submits(last, text=planned[lang])
    number = SAVE.search(last.path)[1]  # type: ignore[index]  # _forms chose it by this pattern
    claim = room.claims[planned["claim"]["id"]]
    attaching = editor.opens(f"/stories/paragraph/{number}/claims/")
    editor.sends(attaching, f"/stories/paragraph/{number}/attach/", claim=claim)
    translator = room.who("translator")
    pair = _forms(translator.opens(f"/translation/{room.story}/"), TRANSLATE)[-1]
    translator.submits(pair, text=planned[_other(room)])


def stand_by(room: Newsroom) -> None:
    """The translator reads what the review changed in the source, and says what still stands."""
    translator, path = room.who("translator"), f"/translation/{room.story}/"
    while (page := translator.opens(path)).holds("/keep/"):
        translator.sends(page, "/keep/")


def closed_to_translators(room: Newsroom) -> None:
    """A translator opens the editions and nothing that lies behind them."""
    translator: Person = room.who("translator")
    doors = [f"/claims/{number}/" for number in room.claims.values()]
    doors += [
        "/reports/",
        "/arrivals/",
        "/sources/",
        "/claims/",
        f"/stories/{room.story}/",
        f"/review/{room.story}/",
    ]
    opened = [door for door in doors if not translator.is_refused(door)]
    if opened:
        raise Refused(200, f"the translator was let in at {opened}")
