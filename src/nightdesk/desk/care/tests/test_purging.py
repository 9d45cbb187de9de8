"""Two people destroy what one source told; what goes, what stays, and what is public."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from nightdesk.desk import clock
from nightdesk.desk.care import consent, contacts, danger, naming, purging
from nightdesk.desk.care.consent import Said
from nightdesk.desk.care.contacts import Entry
from nightdesk.desk.care.models import Consent, Danger, Purge
from nightdesk.desk.care.tests.purged import WHY, purge
from nightdesk.desk.care.waiting import waiting
from nightdesk.desk.claims import actions as claiming
from nightdesk.desk.claims.models import Account, Claim, Event
from nightdesk.desk.custody.actions import record
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import DeskError, NotAllowed, Stale
from nightdesk.desk.incidents.models import Act
from nightdesk.desk.releases.models import Release
from nightdesk.desk.reports.models import Report
from nightdesk.desk.review.models import Finding, ForTheRecord
from nightdesk.desk.search import keeping
from nightdesk.desk.search.finding import newest
from nightdesk.desk.search.terms import needles
from nightdesk.desk.sourcekeys.models import SourceKey
from nightdesk.desk.sources.models import Contact, Relay, Source
from nightdesk.desk.stories import photos
from nightdesk.desk.stories.models import Edition, Paragraph, Photo, Version
from nightdesk.desk.stories.tests.test_photos import jpeg

# --- two people -------------------------------------------------------------------------------------------


def test_the_one_who_asks_may_not_confirm(alice, erin, crane):
    asked = purging.ask(alice, crane, [], WHY)
    with pytest.raises(NotAllowed):
        purging.confirm(alice, asked.pk)
    assert Source.objects.filter(pk=crane.pk).exists()
    purging.confirm(erin, asked.pk)
    assert not Source.objects.filter(pk=crane.pk).exists()


def test_the_database_itself_refuses_one_person_alone(alice, crane):
    asked = purging.ask(alice, crane, [], WHY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Purge.objects.filter(pk=asked.pk).update(confirmed_at=clock.now(), answered_by=alice)


def test_either_can_say_no_and_nothing_is_gone(alice, erin, crane):
    for who in (alice, erin):
        asked = purging.ask(alice, crane, ["crane"], WHY)
        purging.keep(who, asked.pk)
        with pytest.raises(Stale):
            purging.confirm(erin, asked.pk)
    assert crane.reports.count() == 1 and crane.reports.get().text


def test_it_is_asked_for_once_and_waits_on_the_first_screen(alice, erin, bob, crane):
    purging.ask(alice, crane, [], WHY)
    with pytest.raises(Stale):
        purging.ask(erin, crane, [], WHY)
    asks = [one for one in waiting(erin, clock.today()) if "purge" in one.url]
    assert [one.grave for one in asks] == ["red"] and "Alice" in asks[0].ask
    assert not [one for one in waiting(bob, clock.today()) if "purge" in one.url]


def test_only_editors_purge(bob, crane):
    with pytest.raises(NotAllowed):
        purging.ask(bob, crane, [], WHY)


# --- what goes, and what stays -------------------------------------------------------------------------------


def test_a_source_goes_with_everything_it_told(alice, erin, bob, crane):
    report = crane.reports.get()
    record(report, "read", bob)
    contacts.write(
        bob, crane, Entry(on=date(2023, 12, 1), channel="voice", note="river", window="after dark")
    )
    danger.mark(bob, crane, "A car before her door.")
    consent.write(
        bob, crane, Said(said_on=date(2023, 12, 1), purposes=["words"], limits="Not the town.", asked_by=bob)
    )
    others = Report.objects.exclude(source=crane).count()
    done = purge(alice, erin, crane)
    assert Report.objects.count() == others
    for model in (Contact, Danger, Consent):
        assert not model.objects.exists()
    assert not CustodyEntry.objects.filter(subject__in=[f"report:{report.pk}", f"source:{crane.pk}"]).exists()
    assert SourceKey.objects.count() == 2  # of the two others
    assert done.done_at and done.source_id is None and (done.names, done.reason) == ([], "")
    assert done.taken["reports"] == 1 and done.taken["contacts"] == 1


def test_before_it_is_confirmed_it_says_what_is_there(alice, crane, story):
    Edition.objects.filter(story=story, lang="en").update(summary="The crane told us.")
    found = purging.look(crane, ["crane"])
    assert found.rows["reports"] == 1 and found.rows["claims"] == 1
    assert found.names == {"headlines": 1} and found.stories == 1


def test_the_words_of_a_draft_stay_and_its_sum_becomes_words(alice, erin, story):
    millet = Source.objects.get(pseudonym="millet")
    chipped = Paragraph.objects.get(edition__story=story, edition__lang="en", position=2)
    assert "{money:c" in chipped.text
    from nightdesk.desk.stories.versions import keep_version

    kept = keep_version(story, "before", alice)
    purge(alice, erin, millet)
    chipped.refresh_from_db()
    kept.refresh_from_db()
    assert "{money" not in chipped.text and "RMB 20,000" in chipped.text and "(around USD" in chipped.text
    assert "{money:c" not in str(kept.content) and "2만 위안" in str(kept.content)
    assert chipped.revision == 2
    ko = Paragraph.objects.get(edition__story=story, edition__lang="ko", position=2)
    assert chipped.translated_text == ko.text


def test_a_name_leaves_every_version_of_every_draft(alice, erin, crane, story):
    from nightdesk.desk.stories.versions import keep_version

    row = Paragraph.objects.filter(edition__story=story).first()
    Paragraph.objects.filter(pk=row.pk).update(text="김영희가 말했다. Kim  Yong-hui, CRANE and cranes.")
    keep_version(story, "said by 김영희", alice)
    done = purge(alice, erin, crane, "crane", "김영희", "Kim Yong-hui")
    row.refresh_from_db()
    assert row.text == "[…]가 말했다. […], […] and cranes."
    version = Version.objects.get(name__startswith="said by")
    assert version.name == "said by […]" and "김영희" not in str(version.content)
    assert done.taken["names: versions"] == 1 and done.taken["names: paragraphs"] == 1


def test_a_name_of_one_letter_is_refused(alice, crane):
    with pytest.raises(DeskError):
        purging.ask(alice, crane, ["k"], WHY)


def test_every_text_of_a_story_is_a_place_a_name_is_looked_for_in():
    from django.db import models

    known = {(place.model, column) for place in naming.PLACES for column in place.columns}
    exempt = {
        "slug", "public_id", "country", "source_lang", "next_kind", "first_rates", "lang", "sha256", "media_type",
        "dropped", "taken", "placing", "fingerprint", "words", "key", "kind", "severity", "facts", "verb", "claim_token", "released",
    }  # fmt: skip
    from nightdesk.desk.review import models as review
    from nightdesk.desk.stories import models as stories

    held = [stories.Story, stories.Edition, stories.Paragraph, stories.Photo, stories.PrivateDraft, stories.Version,
            review.Review, review.Finding, review.Decision, review.ForTheRecord]  # fmt: skip
    for model in held:
        for field in model._meta.get_fields():
            if isinstance(field, models.CharField | models.TextField | models.JSONField):
                assert (model, field.name) in known or field.name in exempt, (model, field.name)


def test_where_and_when_a_photo_was_taken_goes_with_who_told_of_it(alice, erin, story):
    words = photos.Words("Dana", "CC BY 4.0", {"ko": "강", "en": "A river"}, {})
    photos.place_photo(alice, story, jpeg(), words, 0)
    assert story.photo.taken
    purge(alice, erin, Source.objects.get(pseudonym="millet"))
    assert Photo.objects.get(story=story).taken == {}


def test_what_is_public_stays_and_leads_nowhere(alice, erin, story, keyring):
    from nightdesk.desk.releases import actions as releases
    from nightdesk.desk.review import keeping as record_keeping
    from nightdesk.desk.review.standing import standing_of
    from nightdesk.desk.review.tests import making

    millet = Source.objects.get(pseudonym="millet")
    claim = Claim.objects.get(account__report__source=millet)
    words = {"actor": {"ko": "보위원", "en": "agents"}, "party": {"ko": "", "en": ""}}
    record_keeping.let_into_record(alice, story, claim.token, **words)
    making.cleared(alice, erin, story)
    release = releases.release(alice, story)
    before, row = bytes(release.document), standing_of(story).laid.rows
    purge(alice, erin, millet)
    act, tick = Act.objects.get(), ForTheRecord.objects.get()
    assert bytes(Release.objects.get().document) == before
    assert act.claim_token == tick.claim_token != claim.token
    assert (act.actor, act.public_id, act.amount) == ("", tick.public_id, claim.amount)
    assert standing_of(story).laid.rows == row  # a correction says of it what readers had
    assert not Finding.objects.exists()


def test_an_act_that_was_never_public_goes(alice, erin, crane):
    from nightdesk.desk.incidents import actions as incidents

    incidents.code(alice, Claim.objects.get(account__report__source=crane))
    purge(alice, erin, crane)
    assert not Act.objects.exists() and not CustodyEntry.objects.filter(subject__startswith="act:").exists()


def test_origins_are_counted_again_and_events_without_a_teller_go(alice, erin, story):
    claiming.corroborate(alice)
    millet = Source.objects.get(pseudonym="millet")
    alone = set(Account.objects.filter(report__source=millet).values_list("event", flat=True))
    purge(alice, erin, millet)
    before = list(Event.objects.order_by("pk").values_list("pk", "independent_origins"))
    assert not Event.objects.filter(pk__in=alone, accounts=None).exists()
    claiming.corroborate(alice)
    assert (
        list(Event.objects.filter(merged_into=None).order_by("pk").values_list("pk", "independent_origins"))
        == before
    )
    assert not Event.objects.filter(why__contains="millet").exists()


def test_the_index_forgets_and_agrees(alice, erin, crane, story):
    keeping.rebuild()
    assert newest(alice, "report", needles("소탕전")).pks
    purge(alice, erin, crane)
    assert not newest(alice, "report", needles("소탕전")).pks
    assert keeping.faults() == []


def test_pages_that_pointed_at_it_say_so_and_stories_stay_open(alice, erin, crane, story, signed_in):
    report = crane.reports.get()
    claim = Claim.objects.get(account__report=report)
    client = signed_in(alice)
    purge(alice, erin, crane)
    for gone in (
        crane.get_absolute_url(),
        report.get_absolute_url(),
        claim.get_absolute_url(),
        f"/custody/report/{report.pk}/",
    ):
        answer = client.get(gone)
        assert answer.status_code == 404 and "What was purged answers like this too" in answer.text
    for there in (
        story.get_absolute_url(),
        reverse("review:story", args=[story.pk]),
        "/",
        "/reports/",
        "/claims/",
        "/sources/",
    ):
        assert client.get(there).status_code == 200, there


def test_a_report_alone_goes_and_its_source_stays(alice, erin, bob):
    heron = Source.objects.create(pseudonym="heron", made_on=clock.today())
    rows = [
        Report.objects.create(source=heron, lang="ko", contact_on=clock.today(), channel="voice", text=text, received_at=clock.now())
        for text in ("하나.", "둘.")
    ]  # fmt: skip
    purge(alice, erin, rows[0])
    assert [row.text for row in heron.reports.all()] == ["둘."]
    assert SourceKey.objects.filter(source=heron).exists()


def test_a_relay_goes_with_the_last_report_and_contact_it_stood_in(alice, erin, bob, crane):
    report, other = crane.reports.get(), Report.objects.exclude(source=crane).first()
    alone, shared = (Relay.objects.create(name=name) for name in ("river", "bridge"))
    Report.objects.filter(pk=report.pk).update(relay=alone)
    Report.objects.filter(pk=other.pk).update(relay=shared)
    contacts.write(bob, crane, Entry(on=date(2023, 12, 1), channel="voice", via="ferry"))
    contacts.write(bob, crane, Entry(on=date(2023, 12, 2), channel="voice", via="bridge"))
    known = set(Relay.objects.exclude(name__in=["river", "ferry"]).filter(report__source=crane))
    assert purging.rows_of(crane)["relays"] == 2 + len(known)
    done = purge(alice, erin, crane)
    assert not Relay.objects.filter(name__in=["river", "ferry"]).exists()
    assert Relay.objects.filter(name="bridge").exists() and done.taken["relays"] == 2 + len(known)


def test_a_relay_of_one_report_stays_while_a_contact_names_it(alice, erin, bob, crane):
    report, river = crane.reports.get(), Relay.objects.create(name="river")
    Report.objects.filter(pk=report.pk).update(relay=river)
    contacts.write(bob, crane, Entry(on=date(2023, 12, 1), channel="voice", via="river"))
    done = purge(alice, erin, report)
    assert Relay.objects.filter(name="river").exists() and "relays" not in done.taken


def test_addresses_and_glossary_let_go_of_a_name_and_what_stays_is_counted(alice, erin, crane, story):
    from nightdesk.desk.stories.models import Story
    from nightdesk.desk.translation.models import Term

    Story.objects.filter(pk=story.pk).update(slug="what-kim-yong-hui-saw")
    Term.objects.create(ko="김영희", en="Kim Yong-hui")
    kept = Term.objects.create(ko="보위원", en="agent")
    record(story, "draft", alice, "as Kim Yong-hui said")
    names = ["Kim Yong-hui", "김영희"]
    found = purging.look(crane, names)
    assert found.names == {"glossary": 1, "addresses": 1} and found.left == {"custody notes": 1}
    done = purge(alice, erin, crane, *names)
    story.refresh_from_db()
    assert "kim" not in story.slug and list(Term.objects.all()) == [kept]
    assert done.taken["names: addresses"] == 1 and done.taken["left: custody notes"] == 1
    assert CustodyEntry.objects.filter(note__contains="Kim").exists()


def test_an_address_readers_have_stays_and_the_screens_say_so(alice, erin, crane, released, signed_in):
    slug = released.slug
    url = reverse("care:purge_source", args=[crane.pk])
    page = signed_in(alice).post(url, {"names": slug.replace("-", " "), "reason": "", "look": "1"}).text
    assert "They stay here:" in page and "addresses readers have" in page
    purge(alice, erin, crane, slug.replace("-", " "))
    released.refresh_from_db()
    assert released.slug == slug
    assert "names left in: addresses readers have" in signed_in(erin).get(reverse("care:purged")).text
