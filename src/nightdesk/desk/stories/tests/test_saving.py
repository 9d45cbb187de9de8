"""Two editors, a killed desk, a stale tab: nothing typed is lost, and nobody is overwritten unasked."""

from __future__ import annotations

import pytest
from django.urls import reverse

from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import NotAllowed
from nightdesk.desk.stories import actions, arranging, drafts, pairs
from nightdesk.desk.stories.models import PrivateDraft, Version
from nightdesk.desk.stories.tests.making import SWEEP, make_claim, make_story, paragraphs

HX = {"HX-Request": "true"}


@pytest.fixture
def story(alice):
    return make_story(alice, [make_claim(alice)], [SWEEP])


def form(row, text, **more):
    return {"text": text, "base_revision": row.revision, "story": row.edition.story_id, **more}


def test_a_save_bumps_the_revision_and_leaves_an_entry(story, alice, signed_in):
    row = paragraphs(story)[0]
    answer = signed_in(alice).post(reverse("stories:save", args=[row.pk]), form(row, "새 문장"))
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#p{row.pk}")
    assert (paragraphs(story)[0].text, paragraphs(story)[0].revision) == ("새 문장", row.revision + 1)
    assert CustodyEntry.objects.filter(subject=f"story:{story.pk}", verb="draft", member=alice).exists()


def test_saving_the_same_words_makes_nobody_elses_tab_stale(story, alice):
    row = paragraphs(story)[0]
    actions.save_paragraph(alice, row, SWEEP + "\r\n", row.revision)
    assert paragraphs(story)[0].revision == row.revision


def test_of_two_editors_on_one_paragraph_the_second_keeps_both_texts(story, alice, erin, signed_in):
    row = paragraphs(story)[0]
    signed_in(alice).post(reverse("stories:save", args=[row.pk]), form(row, "앨리스의 문장"))
    answer = signed_in(erin).post(
        reverse("stories:save", args=[row.pk]), form(row, "에린의 문장"), headers=HX
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "data-stale" in page and "<ins>앨리스의 </ins>" in page and "<del>에린의 </del>" in page
    assert "<textarea" not in page
    assert paragraphs(story)[0].text == "앨리스의 문장"
    assert PrivateDraft.objects.get(member=erin).text == "에린의 문장"


def test_without_javascript_the_stale_tab_is_a_page_with_the_typed_words(story, alice, erin, signed_in):
    row = paragraphs(story)[0]
    actions.save_paragraph(alice, row, "앨리스의 문장", row.revision)
    answer = signed_in(erin).post(
        reverse("stories:save", args=[row.pk]), form(row, "에린의 문장", base_revision=1)
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "readonly" in page and "에린의 문장" in page and 'name="over"' in page


def test_the_reopened_story_shows_the_stale_words_read_only(story, alice, erin, signed_in):
    row = paragraphs(story)[0]
    drafts.keep(erin, row, "에린의 문장", row.revision)
    actions.save_paragraph(alice, row, "앨리스의 문장", row.revision)
    page = signed_in(erin).get(story.get_absolute_url()).content.decode()
    assert " readonly" in page and "에린의 문장" in page and "앨리스의" in page


def test_saving_over_the_other_keeps_a_version_of_what_stood_there(story, alice, erin, signed_in):
    row = paragraphs(story)[0]
    base = row.revision
    actions.save_paragraph(alice, row, "앨리스의 문장", base)
    now = paragraphs(story)[0]
    signed_in(erin).post(reverse("stories:save", args=[row.pk]), form(now, "에린의 문장", over="1"))
    assert paragraphs(story)[0].text == "에린의 문장"
    kept = Version.objects.get(story=story)
    assert kept.content["editions"][0]["paragraphs"][0]["text"] == "앨리스의 문장"
    assert not PrivateDraft.objects.exists()


def test_words_typed_before_the_desk_was_killed_are_there_afterwards(story, alice, erin, signed_in):
    row = paragraphs(story)[0]
    answer = signed_in(alice).post(
        reverse("stories:autosave", args=[story.pk]),
        form(row, "아직 저장 안 한 문장", paragraph=row.pk),
        headers=HX,
    )
    assert answer.status_code == 200
    again = signed_in(alice).get(story.get_absolute_url()).content.decode()
    assert "아직 저장 안 한 문장</textarea>" in again
    assert "Your unsaved words of 18 Dec 2023, 09:00 UTC" in again
    assert paragraphs(story)[0].text == SWEEP
    assert "아직 저장 안 한 문장" not in signed_in(erin).get(story.get_absolute_url()).content.decode()


def test_saving_or_dropping_ends_the_private_draft(story, alice, signed_in):
    row = paragraphs(story)[0]
    draft = drafts.keep(alice, row, "하나", row.revision)
    signed_in(alice).post(reverse("stories:drop", args=[story.pk]), {"draft": draft.pk})
    assert not PrivateDraft.objects.exists()
    drafts.keep(alice, row, "둘", row.revision)
    actions.save_paragraph(alice, row, "둘", row.revision)
    assert not PrivateDraft.objects.exists()


def test_nobody_drops_anothers_draft(story, alice, erin, signed_in):
    row = paragraphs(story)[0]
    draft = drafts.keep(alice, row, "하나", row.revision)
    answer = signed_in(erin).post(reverse("stories:drop", args=[story.pk]), {"draft": draft.pk})
    assert answer.status_code == 404
    assert PrivateDraft.objects.filter(pk=draft.pk).exists()


def test_an_autosave_learns_that_the_tab_is_stale(story, alice, erin, signed_in):
    row = paragraphs(story)[0]
    base = row.revision
    actions.save_paragraph(alice, row, "앨리스의 문장", base)
    answer = signed_in(erin).post(
        reverse("stories:autosave", args=[story.pk]),
        {"text": "에린의", "base_revision": base, "paragraph": row.pk}, headers=HX,
    )  # fmt: skip
    assert answer.status_code == 409 and b"data-stale" in answer.content
    assert PrivateDraft.objects.get(member=erin).text == "에린의"


def test_words_for_a_paragraph_removed_meanwhile_are_kept(story, alice, erin, signed_in):
    row = paragraphs(story)[0]
    drafts.keep(erin, row, "에린의 반쯤 쓴 문장", row.revision)
    arranging.remove_paragraph(alice, row)
    client = signed_in(erin)
    answer = client.post(
        reverse("stories:save", args=[row.pk or 1]),
        {"text": "그리고 더", "base_revision": 1, "story": story.pk},
    )
    assert answer.status_code == 409
    page = client.get(story.get_absolute_url()).content.decode()
    assert "에린의 반쯤 쓴 문장" in page and "그리고 더" in page
    draft = PrivateDraft.objects.get(member=erin, text="그리고 더")
    client.post(reverse("stories:add", args=[story.pk]), {"draft": draft.pk, "text": draft.text})
    assert paragraphs(story)[-1].text == "그리고 더"
    assert not PrivateDraft.objects.filter(pk=draft.pk).exists()


def test_two_headlines_at_once_are_both_kept(story, alice, erin, signed_in):
    edition = pairs.source_edition(story)
    url = reverse("stories:heading", args=[story.pk])
    base = edition.title_revision
    signed_in(alice).post(url, {"title": "앨리스 제목", "summary": "", "base_revision": base})
    answer = signed_in(erin).post(url, {"title": "에린 제목", "summary": "요약", "base_revision": base})
    page = answer.content.decode()
    assert answer.status_code == 409 and "앨리스 제목" in page and "에린 제목" in page
    assert pairs.source_edition(story).title == "앨리스 제목"
    assert "에린 제목" in signed_in(erin).get(story.get_absolute_url()).content.decode()


def test_text_is_stored_in_nfc_so_that_offsets_agree(story, alice):
    row = paragraphs(story)[0]
    actions.save_paragraph(alice, row, "\u1100\u1161", row.revision)
    assert paragraphs(story)[0].text == "가"


def test_a_paragraph_of_twenty_thousand_characters_is_refused_with_a_sentence(story, alice, signed_in):
    row = paragraphs(story)[0]
    answer = signed_in(alice).post(reverse("stories:save", args=[row.pk]), form(row, "가" * 20_001))
    assert answer.status_code == 400 and "20,000" in answer.content.decode()


def test_a_translator_cannot_draft(story, tariq):
    row = paragraphs(story)[0]
    with pytest.raises(NotAllowed):
        actions.save_paragraph(tariq, row, "x", row.revision)


def test_the_preview_shows_the_sum_with_its_rate_and_day(story, alice, signed_in):
    row = paragraphs(story)[0]
    claim = row.claims.get()
    answer = signed_in(alice).post(
        reverse("stories:autosave", args=[story.pk]),
        form(row, f"{{money:c{claim.pk}}}을", paragraph=row.pk), headers=HX,
    )  # fmt: skip
    page = answer.content.decode()
    assert "2만 위안(약 2800달러)" in page and "18 December 2023" in page and "European Central Bank" in page
