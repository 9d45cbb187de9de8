"""What each door that changes something needs before its form does anything: rows that are ready.

Belongs here: making doors ready (`READY`). Does not belong here: what is typed at them (typing_at.py), cutting the
power (test_power_cut.py).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pyotp
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.typing_at import NEW

from nightdesk.desk import clock, keys
from nightdesk.desk.care import danger, purging
from nightdesk.desk.intake import daykeys
from nightdesk.desk.intake.models import Arrival
from nightdesk.desk.releases import holds, scheduling
from nightdesk.desk.releases.models import Fallen, Release
from nightdesk.desk.reports import eyesonly
from nightdesk.desk.review import findings
from nightdesk.desk.review.standing import standing_of
from nightdesk.desk.review.tests import making
from nightdesk.desk.sources import cards, reveal
from nightdesk.desk.staff import (
    browsers,
    codes,
    enrolling,
    entering,
    passphrases,
    recovering,
    signing,
    staffing,
)
from nightdesk.desk.stories import aside
from nightdesk.desk.stories.models import Paragraph, Story
from nightdesk.seal.closing import seal
from nightdesk.seal.wire import ReportPayload

# --- what a door needs to stand there first: it changes rows, and may name another story or bring more -----


def a_split(rows: dict[str, Any]) -> dict[str, Any]:
    from nightdesk.desk.claims.actions import split

    return {"at": {"pk": split(rows["people"]["editor"], rows["account"], 8).pk}}


def another_account(rows: dict[str, Any]) -> dict[str, Any]:
    report = type(rows["report"]).objects.create(
        source=rows["source"], lang="ko", contact_on=clock.today(), channel="voice", text="무산에서도 그랬다.", received_at=clock.now()
    )  # fmt: skip
    made = type(rows["account"]).objects.create(report=report, start=0, end=len(report.text))
    return {"bring": {"beside": made.pk}, "other": made}


def a_judgement(rows: dict[str, Any]) -> dict[str, Any]:
    from nightdesk.desk.claims.judging import judge

    other = another_account(rows)["other"]
    return {
        "at": {
            "judgement_pk": judge(rows["people"]["editor"], "apart", rows["account"], other, "Another.").pk
        }
    }


def in_danger(rows: dict[str, Any]) -> dict[str, Any]:
    danger.mark(rows["people"]["editor"], rows["source"], "Nobody has heard from her.")
    return {}


def one_would_lift(rows: dict[str, Any]) -> dict[str, Any]:
    in_danger(rows)
    lifting = danger.propose(rows["decision"].member, rows["source"], "She is home again.")
    return {"bring": {"lifting": lifting.pk, "answer": "agree"}}


def somebody_asked(rows: dict[str, Any]) -> dict[str, Any]:
    asked = purging.ask(rows["decision"].member, rows["source"], ["crane"], "She asked to be forgotten.")
    return {"bring": {"purge": asked.pk, "answer": "confirm"}}


def asked_by_bob(rows: dict[str, Any]) -> dict[str, Any]:
    return {"bring": {"asked_by": rows["people"]["bob"].pk}}


def nothing_rests(rows: dict[str, Any]) -> dict[str, Any]:
    rows["claim"].paragraphs.clear()
    type(rows["act"]).objects.all().delete()
    rows["story"].for_the_record.all().delete()
    rows["story"].versions.all().delete()
    Release.objects.all().delete()
    return {}


def an_envelope(rows: dict[str, Any]) -> bytes:
    payload = ReportPayload(text="회령에서 2만 위안을 내라고 했다.", lang="ko")
    return seal(payload, daykeys.public_key(clock.today()), keys.held().newsroom_id)


def an_arrival(rows: dict[str, Any]) -> dict[str, Any]:
    Arrival.objects.create(
        digest="1" * 64, envelope=an_envelope(rows), arrived_on=clock.today(), collected_at=clock.now()
    )
    return {}


def not_handed_over(rows: dict[str, Any]) -> dict[str, Any]:
    Story.objects.filter(pk=rows["story"].pk).update(ready_to_translate_at=None)
    return {}


def a_second_paragraph(rows: dict[str, Any]) -> dict[str, Any]:
    Paragraph.objects.create(edition=rows["edition"], position=2, text="또 있었다.")
    return {}


def a_picture(rows: dict[str, Any]) -> dict[str, Any]:
    out = BytesIO()
    Image.new("RGB", (60, 40)).save(out, "JPEG")
    return {"bring": {"photo": SimpleUploadedFile("river.jpg", out.getvalue(), "image/jpeg")}}


def a_paragraph_gone(rows: dict[str, Any]) -> dict[str, Any]:
    Paragraph.objects.filter(pk=rows["paragraph"].pk).delete()
    return {}


def whole_story(rows: dict[str, Any]) -> Any:
    made = making.story(rows["people"]["bob"], rows["people"]["translator"])
    making.tables()
    return made


def reviewed(rows: dict[str, Any], kind: str = "contact day") -> dict[str, Any]:
    from nightdesk.desk.review import actions

    made = whole_story(rows)
    actions.review(rows["people"]["editor"], made)
    found = next(j.finding for j in standing_of(made).judged if j.finding.kind == kind)
    offer = next(iter(findings.offers(found)), None)
    number = {"offer": str(offer.number)} if offer else {}
    return {"story": made, "bring": {"key": found.key, "reason": "Known all over the town.", **number}}


def decided(rows: dict[str, Any]) -> dict[str, Any]:
    made, erin = whole_story(rows), rows["decision"].member
    making.decide_everything(rows["people"]["editor"], erin, made)
    return {"story": made, "bring": {"fingerprint": standing_of(made).laid.fingerprint}}


def cleared(rows: dict[str, Any]) -> dict[str, Any]:
    made = whole_story(rows)
    making.cleared(rows["people"]["editor"], rows["decision"].member, made)
    return {"story": made}


def charlie_is_cleared(rows: dict[str, Any]) -> dict[str, Any]:
    rows["source"].cleared.add(rows["people"]["charlie"])
    return {}


def two_hold_the_card(rows: dict[str, Any]) -> dict[str, Any]:
    charlie_is_cleared(rows)
    cards.give(rows["people"]["bob"], rows["keys"]["bob"], rows["source"], rows["people"]["charlie"])
    return {}


def two_are_needed(rows: dict[str, Any]) -> dict[str, Any]:
    two_hold_the_card(rows)
    cards.need_two(rows["people"]["bob"], rows["keys"]["bob"], rows["source"])
    return {}


def charlie_asks(rows: dict[str, Any]) -> dict[str, Any]:
    two_are_needed(rows)
    asked = reveal.ask(
        rows["people"]["charlie"], rows["keys"]["charlie"], rows["source"], "s", "She did not answer."
    )
    return {"bring": {"request": asked.pk, "answer": "agree"}}


def bob_asks(rows: dict[str, Any]) -> dict[str, Any]:
    two_are_needed(rows)
    bob = rows["people"]["bob"]
    reveal.ask(bob, rows["keys"]["bob"], rows["source"], "s", "She did not answer.")
    return {}


def taken_off(rows: dict[str, Any]) -> dict[str, Any]:
    made = with_an_hour(rows)
    facts = {"at": clock.now(), "why": "changed", "fallen_at": clock.now()}
    Fallen.objects.create(story=made["story"], **facts)
    return made


def held(rows: dict[str, Any]) -> dict[str, Any]:
    made = whole_story(rows)
    holds.hold(rows["people"]["editor"], made, clock.today() + timedelta(days=9))
    return {"story": made}


def hold_fell(rows: dict[str, Any]) -> dict[str, Any]:
    made = held(rows)
    holds.fall([made["story"].pk], "purge")
    return made


def no_claims(rows: dict[str, Any]) -> dict[str, Any]:
    nothing_rests(rows)
    type(rows["claim"]).objects.filter(pk=rows["claim"].pk).delete()  # the row, not what the other doors use
    return {"bring": {"member": rows["people"]["bob"].pk}}


def marked_eyes_only(rows: dict[str, Any]) -> dict[str, Any]:
    no_claims(rows)
    bob = rows["people"]["bob"]
    eyesonly.mark(bob, rows["keys"]["bob"], rows["report"], [bob.pk])
    return {}


def an_app(rows: dict[str, Any]) -> dict[str, Any]:
    """A seed the page has shown, and the code an app makes of it."""
    seed = codes.new_seed()
    return {"session": {enrolling.SEED: seed}, "bring": {"code": pyotp.TOTP(seed).now()}}


def an_app_half_way(rows: dict[str, Any]) -> dict[str, Any]:
    """The same before the session has begun, of a member who has no factor yet."""
    alice = rows["people"]["editor"]
    alice.factors.all().delete()
    ready = an_app(rows)
    return {**ready, "session": {**ready["session"], **half_way(alice)}}


def half_way(member: Any) -> dict[str, Any]:
    """The note of a member who has given the passphrase."""
    note = {
        "member": member.pk, "hash": member.get_session_auth_hash(), "at": clock.machine().isoformat(),
        "browser": browsers.mark(""), "next": "/", "wrong": 0,
    }  # fmt: skip
    return {signing.HALFWAY: note}


def a_passphrase_lent(rows: dict[str, Any]) -> dict[str, Any]:
    """A member whose passphrase somebody else chose, half way."""
    alice = rows["people"]["editor"]
    passphrases.lend(alice, "a kettle on the second step")
    return {"session": half_way(alice), "bring": NEW}


def brought_in(rows: dict[str, Any]) -> dict[str, Any]:
    """A member whom another editor added on a screen, and who has signed in since."""
    type(rows["member"]).objects.filter(pk=rows["member"].pk).update(brought_in_by=rows["decision"].member)
    return {}


def everything_ticked(rows: dict[str, Any]) -> dict[str, Any]:
    """Whatever the screen of shutting out says would be lost."""
    said = staffing.losses(rows["people"]["editor"], rows["people"]["bob"])
    return {"bring": {key.replace(" ", "_"): "on" for key in said}}


def both_halves_given(rows: dict[str, Any]) -> dict[str, Any]:
    recovery = rows["recovery"]
    recovering.agree(rows["people"]["editor"], recovery)
    return {"session": {entering.COMING_BACK: [recovery.pk, browsers.mark("")]}}


def nobody_worked_on_it(rows: dict[str, Any]) -> dict[str, Any]:
    """A story that was begun and no more."""
    return {"story": whole_story(rows)}


def put_aside(rows: dict[str, Any]) -> dict[str, Any]:
    made = whole_story(rows)
    aside.set_aside(rows["people"]["editor"], made)
    return {"story": made}


def with_an_hour(rows: dict[str, Any]) -> dict[str, Any]:
    made = cleared(rows)
    scheduling.schedule(rows["people"]["editor"], made["story"], clock.now() + timedelta(hours=2))
    return made


READY: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "care:answer": one_would_lift,
    "care:consent": asked_by_bob,
    "care:propose": in_danger,
    "care:purge_answer": somebody_asked,
    "care:withdraw": asked_by_bob,
    "claims:join": a_split,
    "claims:judge": another_account,
    "claims:take_back": a_judgement,
    "claims:remove": nothing_rests,
    "incidents:assign": lambda rows: {"bring": {"acts": str(rows["act"].public_id)}},
    "intake:open": an_arrival,
    "releases:release": cleared,
    "releases:schedule": cleared,
    "releases:unschedule": with_an_hour,
    "releases:seen_unscheduled": taken_off,
    "releases:hold": lambda rows: {"story": whole_story(rows)},
    "releases:unhold": held,
    "releases:seen_unheld": hold_fell,
    "reports:mark_eyes_only": no_claims,
    "reports:open_eyes_only": marked_eyes_only,
    "reports:unmark_eyes_only": marked_eyes_only,
    "review:address": lambda rows: {"story": whole_story(rows)},
    "review:clear": decided,
    "review:generalise": reviewed,
    "review:keep": reviewed,
    "sources:answer_card": charlie_asks,
    "sources:take_back_card": bob_asks,
    "sources:ask_card": two_are_needed,
    "sources:card_needs_two": two_hold_the_card,
    "sources:give_card": charlie_is_cleared,
    "staff:enrol": an_app,
    "staff:first_factor": an_app_half_way,
    "staff:first_passphrase": a_passphrase_lent,
    "staff:recover": both_halves_given,
    "staff:shut_out": everything_ticked,
    "staff:vouch": brought_in,
    "stories:hand_over": not_handed_over,
    "stories:move": a_second_paragraph,
    "stories:photo": a_picture,
    "stories:put_back": a_paragraph_gone,
    "stories:set_aside": nobody_worked_on_it,
    "stories:take_back": put_aside,
}
