"""What stays when a source is purged: words of drafts, and what readers already have, without a way back.

A sum in a draft becomes plain words, for the claim behind it goes. A public row of the record keeps what
readers have of it and gets another token; one that was never public goes. Belongs here: letting go of
claims. Does not belong here: taking rows away (purging.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F, QuerySet

from nightdesk.desk import clock
from nightdesk.desk.care.models import Ground
from nightdesk.desk.claims.models import Claim, token
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.incidents.models import Act
from nightdesk.desk.releases.models import Release
from nightdesk.desk.review.models import ForTheRecord
from nightdesk.desk.stories import chips
from nightdesk.desk.stories.models import Paragraph, PrivateDraft, Story, Version
from nightdesk.release.codec import from_bytes
from nightdesk.release.model import PublicAct

LOT = 500  # tokens asked for at once
ROW = ("act", "status", "place", "place_code", "earliest", "latest", "edtf", "amount", "currency", "sum_role")


def stories_on(claims: QuerySet[Claim]) -> QuerySet[Story]:
    """The stories that rest on these claims, as they stand, by a row for the record, or as readers have them."""
    keys, tokens = claims.order_by().values("pk"), claims.order_by().values("token")
    live = Paragraph.objects.filter(claims__in=keys).values("edition__story")
    rows = ForTheRecord.objects.filter(claim_token__in=tokens).order_by().values("story")
    out = Ground.objects.filter(claim__in=keys).values("release__story")
    return (
        Story.objects.filter(pk__in=live)
        | Story.objects.filter(pk__in=rows)
        | Story.objects.filter(pk__in=out)
    )


def released(stories: Iterable[int]) -> int:
    """How many of the stories readers have or had."""
    return Release.objects.filter(story__in=list(stories)).order_by().values("story").distinct().count()


def public_acts(claims: QuerySet[Claim]) -> dict[str, PublicAct]:
    """Token of a claim -> what readers have of it, for those of which they have something."""
    found: dict[str, PublicAct] = {}
    ticks = ForTheRecord.objects.filter(claim_token__in=claims.order_by().values("token"))
    wanted = {(tick.story_id, tick.public_id): tick.claim_token for tick in ticks}
    releases = Release.objects.filter(story__in={story for story, _id in wanted}).order_by("version")
    for release in releases.iterator(chunk_size=50):
        for act in from_bytes(bytes(release.document)).acts:
            if (release.story_id, act.id) in wanted:
                found[wanted[release.story_id, act.id]] = act
    return found


def unbind(claims: QuerySet[Claim]) -> None:
    """Public rows keep what is public under another token; rows that were not public go, with their logs."""
    public, tokens = public_acts(claims), list(claims.values_list("token", flat=True))
    for old, act in public.items():
        _keep(old, act)
    never_public = [token for token in tokens if token not in public]
    for at in range(0, len(never_public), LOT):
        _drop(never_public[at : at + LOT])


def _keep(old: str, act: PublicAct) -> None:
    new = token()  # an older backup maps the old one to the source
    said = {name: getattr(act, name) for name in ROW}
    facts = {**said, "actor": "", "party": ""}
    del facts["place_code"]
    facts |= {name: facts[name] or "" for name in ("currency", "sum_role")}
    Act.objects.filter(claim_token=old).update(**facts, claim_token=new)
    plain = {**said, "amount": None if act.amount is None else str(act.amount)}
    plain |= {name: said[name].isoformat() if said[name] else None for name in ("earliest", "latest")}
    with_release = ForTheRecord.objects.filter(claim_token=old, story__releases__isnull=False)
    pks = list(with_release.values_list("pk", flat=True))
    ForTheRecord.objects.filter(pk__in=pks).update(claim_token=new, released=plain)
    ForTheRecord.objects.filter(claim_token=old).delete()


def _drop(tokens: list[str]) -> None:
    ForTheRecord.objects.filter(claim_token__in=tokens).delete()
    acts = Act.objects.filter(claim_token__in=tokens)
    CustodyEntry.objects.filter(
        subject__in=[f"act:{pk}" for pk in acts.values_list("pk", flat=True)]
    ).delete()
    acts.delete()


# --- sums become words ------------------------------------------------------------------------------------


def stories_with_chips(claims: Iterable[Claim]) -> set[int]:
    """Stories in whose words one of these claims' sums stands, whatever they rest on today."""
    names = {f"c{claim.pk}" for claim in claims if claim.amount is not None}
    rows = Paragraph.objects.filter(text__contains="{money:c").values_list("edition__story", "text")
    return {story for story, text in rows if names & set(chips.chips_in(text))} if names else set()


def write_chips_out(claims: list[Claim]) -> None:
    """In paragraphs, unsaved drafts and versions the sums of these claims become plain words; versions let go of the claims."""
    names, gone = {f"c{claim.pk}" for claim in claims if claim.amount is not None}, {c.pk for c in claims}
    books: dict[int, Mapping[str, chips.Chip]] = {}

    def written(text: str, lang: str, story: Story) -> str:
        if not names & set(chips.chips_in(text)):
            return text
        if story.pk not in books:
            sums = chips.sums_of_claims(claims, story.rates_day(clock.today()))
            books[story.pk] = chips.at_kept_rates(sums, story)
        return chips.written_out(text, books[story.pk], lang)

    for model in (Paragraph, PrivateDraft):
        rows = model._default_manager.filter(text__contains="{money:c").select_related("edition__story")
        for row in rows.iterator(chunk_size=1000):
            _write(model, row, written(row.text, row.edition.lang, row.edition.story))
    for version in Version.objects.select_related("story").iterator(chunk_size=200):
        new = _version(version, gone, written)
        if new != version.content:
            Version.objects.filter(pk=version.pk).update(content=new)


def _write(model: Any, row: Any, text: str) -> None:
    if text == row.text:
        return
    raised = {"revision": F("revision") + 1} if model is Paragraph else {}
    model._default_manager.filter(pk=row.pk).update(text=text, **raised)
    if model is Paragraph:  # a translation of it is no staler than it was
        same = Paragraph.objects.filter(translates=row.pk, translated_text=row.text)
        same.update(translated_text=text)


def _version(version: Version, gone: set[int], written: Any) -> dict[str, Any]:
    def paragraph(row: dict[str, Any], lang: str) -> dict[str, Any]:
        texts = {
            "text": written(row["text"], lang, version.story),
            "translated_text": written(row["translated_text"], version.story.source_lang, version.story),
        }
        return {**row, **texts, "claims": [pk for pk in row["claims"] if pk not in gone]}

    editions = [
        {**each, "paragraphs": [paragraph(row, each["lang"]) for row in each["paragraphs"]]}
        for each in version.content["editions"]
    ]
    return {**version.content, "editions": editions}
