"""Releasing: only what was cleared, field by field, and files that survive a crash."""

import pytest
from django.urls import reverse

from nightdesk.desk import beginning
from nightdesk.desk.errors import DeskError, NotAllowed
from nightdesk.desk.keys import Locked
from nightdesk.desk.releases import actions, files
from nightdesk.desk.releases.building import build_release
from nightdesk.desk.releases.models import Release
from nightdesk.desk.releases.showing import versions
from nightdesk.desk.releases.waiting import waiting
from nightdesk.desk.review.state import state_of
from nightdesk.desk.review.tests import making
from nightdesk.desk.sources.models import Relay, Source
from nightdesk.desk.stories.models import Paragraph, Story
from nightdesk.release.codec import from_bytes, to_bytes

SECRETS = ("crane", "millet", "heron", "relay-yanji", "card-of-", "Alice-secret")


def test_a_release_without_a_clearance_is_refused(story, alice, keyring):
    with pytest.raises(DeskError):
        actions.release(alice, story)
    assert not Release.objects.exists()


def test_a_text_changed_after_its_clearance_is_refused(story, alice, erin, keyring):
    making.cleared(alice, erin, story)
    Paragraph.objects.filter(edition__lang="en").last().delete()
    with pytest.raises(DeskError):
        actions.release(alice, story)


def test_a_locked_desk_signs_nothing(story, alice, erin):
    making.cleared(alice, erin, story)
    with pytest.raises(Locked):
        actions.release(alice, story)
    assert not Release.objects.exists()


def test_a_release_says_what_was_cleared_with_its_credits(released):
    said = from_bytes(bytes(Release.objects.get().document))
    assert (said.kind, said.version, said.slug) == ("release", 1, released.slug)
    english = next(edition for edition in said.editions if edition.lang == "en")
    assert [(c.role, c.name) for c in english.credits] == [
        ("reported", "Bob"),
        ("translated", "Tariq"),
        ("edited", "Alice"),
    ]
    assert any(run.words.startswith("RMB 20,000 (around USD") for p in english.paragraphs for run in p.runs)
    assert state_of(released).key == "released"


def test_nothing_of_a_source_is_in_the_bytes(released):
    document = bytes(Release.objects.get().document).decode()
    assert not [secret for secret in SECRETS if secret in document]
    tokens = [token for row in released.for_the_record.all() for token in [row.claim_token]]
    assert tokens and not [token for token in tokens if token in document]


def test_the_canary_sings_when_a_pseudonym_is_planted(story, alice, erin, keyring):
    row = Paragraph.objects.filter(edition__lang="en").first()
    Paragraph.objects.filter(pk=row.pk).update(text=row.text + " crane")
    making.cleared(alice, erin, story)
    actions.release(alice, story)
    assert "crane" in bytes(Release.objects.get().document).decode()


def test_a_changed_private_field_changes_no_byte(story, alice, erin, keyring):
    from nightdesk.desk.clock import now

    clearance = making.cleared(alice, erin, story)
    before = to_bytes(build_release(Story.objects.get(pk=story.pk), clearance, now()))
    for number, source in enumerate(Source.objects.all()):
        source.pseudonym, source.old_card, source.reliability = f"renamed-{number}", "another card", "B"
        source.save()
    Relay.objects.update(name="another relay")
    for claim in making.Claim.objects.all():
        claim.statement, claim.credibility, claim.basis = "another sentence", "2", "rumour"
        claim.save()
    for report in making.Report.objects.all():
        report.text, report.channel = "another text", "drop"
        report.save()
    Story.objects.filter(pk=story.pk).update(begun_at=now())
    assert to_bytes(build_release(Story.objects.get(pk=story.pk), clearance, now())) == before


def test_a_desk_killed_between_row_and_file_finishes_later(released, tmp_path):
    for path in files.releases_dir().iterdir():
        path.unlink()
    Release.objects.update(written_at=None)
    assert files.write_waiting() == 1
    assert files.write_waiting() == 0
    names = sorted(path.name for path in files.releases_dir().iterdir())
    assert names == ["identity.pub", f"{released.public_id}.v1.json", f"{released.public_id}.v1.sig"]
    row = Release.objects.get()
    assert (files.releases_dir() / f"{released.public_id}.v1.json").read_bytes() == bytes(row.document)


def test_the_next_start_of_the_desk_finishes_what_a_power_cut_left(released):
    for path in files.releases_dir().iterdir():
        path.unlink()
    Release.objects.update(written_at=None)
    beginning.finish_releases()
    assert Release.objects.get().written_at is not None
    assert (files.site_dir() / "en" / released.slug / "index.html").exists()


def test_a_file_that_cannot_be_written_leaves_the_row_waiting(story, alice, erin, keyring, monkeypatch):
    making.cleared(alice, erin, story)

    def full(path, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "put", full)
    actions.release(alice, story)
    assert "No space" in files.press().said
    assert Release.objects.get().written_at is None
    monkeypatch.undo()
    making.hold_keys()
    assert files.write_waiting() == 1


def test_the_same_text_is_not_released_twice(released, alice):
    with pytest.raises(DeskError):
        actions.release(alice, released)


def test_a_tampered_document_is_shown_as_broken(released, keyring):
    assert versions(released)[0].signature == "holds"
    row = Release.objects.get()
    row.document = bytes(row.document).replace(b"Tariq", b"Taric")
    row.save()
    assert versions(released)[0].signature == "broken"


@pytest.mark.parametrize("who", ["charlie", "bob", "tariq"])
def test_reporters_and_translators_are_refused_at_every_door(who, request, released, signed_in):
    member = request.getfixturevalue(who)
    client = signed_in(member)
    for name in ("story", "release", "correct", "withdraw", "give_up", "preview", "preview_build"):
        url = reverse(f"releases:{name}", args=[released.pk])
        assert client.get(url).status_code in (403, 405)
        assert client.post(url, {"note_ko": "말", "note_en": "words"}).status_code in (403, 405)
    assert client.get(reverse("releases:preview_file", args=[released.pk, "en/"])).status_code == 403
    assert client.post(reverse("releases:press")).status_code == 403
    assert client.get(reverse("releases:list")).status_code == 403
    with pytest.raises(NotAllowed):
        actions.release(member, released)


def test_every_screen_says_where_the_files_go(released, alice, signed_in):
    client = signed_in(alice)
    assert client.get(reverse("releases:list")).status_code == 200
    assert "signature holds" in client.get(reverse("releases:story", args=[released.pk])).content.decode()


def test_over_http_a_release_is_signed_written_and_pressed(story, alice, erin, keyring, signed_in):
    making.cleared(alice, erin, story)
    client = signed_in(alice)
    assert len(waiting(alice)) == 1
    assert "Sign and publish" in client.get(reverse("releases:story", args=[story.pk])).content.decode()
    answer = client.post(reverse("releases:release", args=[story.pk]), follow=True)
    assert "readers have it" in answer.content.decode()
    assert (files.site_dir() / "en" / story.slug / "index.html").exists()
    assert waiting(alice) == []


def test_over_http_an_uncleared_story_is_refused_with_a_sentence(story, alice, keyring, signed_in):
    answer = signed_in(alice).post(reverse("releases:release", args=[story.pk]))
    assert answer.status_code == 400
    assert "nothing leaves without a clearance" in answer.content.decode()


def test_the_private_basis_of_the_desks_own_rate_is_not_published(story, alice, erin, keyring):
    from datetime import date
    from decimal import Decimal

    from nightdesk.desk.stories.models import MarketRate

    MarketRate.objects.create(currency="KPW", per_usd=Decimal(8500), on=date(2023, 12, 1), basis="crane rang")
    making.Claim.objects.filter(amount=20000).update(currency="KPW")
    making.cleared(alice, erin, story)
    actions.release(alice, story)
    document = bytes(Release.objects.get().document).decode()
    assert "crane rang" not in document
    assert "the newsroom's own market rate" in document
