"""Translating: pairs, what went stale, two translators at once, and doors that stay shut."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nightdesk.desk.errors import DeskError, NotAllowed, Stale
from nightdesk.desk.stories import actions as writing
from nightdesk.desk.stories import arranging, drafts
from nightdesk.desk.stories.models import PrivateDraft
from nightdesk.desk.stories.tests.making import SWEEP, make_claim, make_story, paragraphs
from nightdesk.desk.translation import actions
from nightdesk.desk.translation.models import Term

HX = {"HX-Request": "true"}


@pytest.fixture
def claim(alice):
    return make_claim(alice, statement="두 보위원이 돈을 요구했다")


@pytest.fixture
def story(alice, claim):
    found = make_story(alice, [claim], [f"보위원들이 {{money:c{claim.pk}}}을 요구했다.", SWEEP])
    writing.hand_over(alice, found)
    return found


def page(client, story):
    answer = client.get(reverse("translation:story", args=[story.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def form(source, text, **more):
    row = actions.target_of(source)
    return {
        "text": text,
        "base_revision": row.revision,
        "seen": source.revision,
        "story": source.edition.story_id,
        **more,
    }


def test_a_translator_renders_paragraph_by_paragraph(story, tariq, claim, signed_in):
    client, source = signed_in(tariq), paragraphs(story)[0]
    assert "0 of 2 paragraphs" in page(client, story)
    answer = client.post(
        reverse("translation:translate", args=[source.pk]),
        form(source, f"Agents asked for {{money:c{claim.pk}}}."),
    )
    assert answer.status_code == 302
    shown = page(client, story)
    assert "1 of 2 paragraphs" in shown
    assert "RMB 20,000 (around USD 2,800)" in shown and "2만 위안(약 2800달러)" in shown
    assert story.editions.get(lang="en").translated_by == tariq


def test_a_paragraph_has_one_number_for_editor_and_translator(alice, tariq, signed_in):
    """An empty one is not rendered, and counts all the same."""
    story = make_story(alice, [], ["처음.", "", "마지막."])
    writing.hand_over(alice, story)
    assert set(re.findall(r"Paragraph (\d)", page(signed_in(tariq), story))) == {"1", "3"}


def test_a_changed_source_is_shown_as_a_diff_and_the_old_translation_stays(story, alice, tariq, signed_in):
    source = paragraphs(story)[1]
    actions.translate(tariq, source, "A sweep.", 1)
    writing.save_paragraph(alice, source, SWEEP.replace("이달", "지난달"), source.revision)
    shown = page(signed_in(tariq), story)
    assert "<del>이달 </del>" in shown and "<ins>지난달 </ins>" in shown and "A sweep.</textarea>" in shown
    assert actions.target_of(source).stale
    source.refresh_from_db()
    signed_in(tariq).post(reverse("translation:keep", args=[source.pk]), {"seen": source.revision})
    assert not actions.target_of(source).stale
    assert actions.target_of(source).text == "A sweep."


def test_a_translation_made_from_older_words_stays_marked_as_stale(story, alice, tariq):
    source = paragraphs(story)[1]
    seen = source.revision
    writing.save_paragraph(alice, source, "전혀 다른 문장", seen)
    actions.translate(tariq, paragraphs(story)[1], "A sweep.", 1, seen)
    row = actions.target_of(source)
    assert row.text == "A sweep." and row.stale


def test_still_right_is_refused_when_the_source_changed_once_more(story, alice, tariq):
    source = paragraphs(story)[1]
    actions.translate(tariq, source, "A sweep.", 1)
    with pytest.raises(Stale):
        actions.keep_as_is(tariq, source, source.revision - 1)


def test_of_two_translators_the_second_keeps_both_texts(story, alice, tariq, signed_in):
    source = paragraphs(story)[1]
    first = form(source, "Tariq's sentence.")
    second = form(source, "Alice's sentence.")
    url = reverse("translation:translate", args=[source.pk])
    signed_in(tariq).post(url, first)
    answer = signed_in(alice).post(url, second, headers=HX)
    shown = answer.content.decode()
    assert (
        answer.status_code == 409
        and "data-stale" in shown
        and reverse("translation:drop", args=[story.pk]) in shown
    )
    assert actions.target_of(source).text == "Tariq's sentence."
    assert PrivateDraft.objects.get(member=alice).text == "Alice's sentence."
    signed_in(alice).post(url, form(source, "Alice's sentence.", over="1"))
    assert actions.target_of(source).text == "Alice's sentence."
    assert "Tariq" in str(story.versions.first().content)


def test_what_a_translator_typed_survives_a_killed_desk(story, tariq, alice, signed_in):
    source = paragraphs(story)[1]
    row = actions.target_of(source)
    answer = signed_in(tariq).post(
        reverse("translation:autosave", args=[story.pk]),
        form(source, "Half a sen", paragraph=row.pk),
        headers=HX,
    )
    assert answer.status_code == 200
    assert "Half a sen</textarea>" in page(signed_in(tariq), story)
    assert "Half a sen" not in page(signed_in(alice), story)
    draft = PrivateDraft.objects.get(member=tariq)
    signed_in(tariq).post(reverse("translation:drop", args=[story.pk]), {"draft": draft.pk})
    assert not PrivateDraft.objects.exists()


def test_a_translation_for_a_paragraph_removed_meanwhile_is_kept(story, alice, tariq, signed_in):
    source = paragraphs(story)[1]
    pk, said = source.pk, form(source, "Words without a place.")
    arranging.remove_paragraph(alice, source)
    answer = signed_in(tariq).post(reverse("translation:translate", args=[pk]), said)
    assert answer.status_code == 409
    assert "Words without a place." in page(signed_in(tariq), story)


def test_a_sum_the_translation_leaves_out_is_warned_of(story, tariq, signed_in):
    source = paragraphs(story)[0]
    actions.translate(tariq, source, "Agents asked for money.", 1)
    assert "The source says RMB 20,000 (around USD 2,800) here; the translation does not." in page(
        signed_in(tariq), story
    )


def test_headline_and_summary_go_stale_and_may_be_kept(story, alice, tariq, signed_in):
    client, url = signed_in(tariq), reverse("translation:heading", args=[story.pk])
    client.post(url, {"title": "Year-end sweep", "summary": "", "base_revision": 1})
    source = story.editions.get(lang="ko")
    writing.save_heading(alice, source, "연말 대단속", "", source.title_revision)
    assert "<ins>대단속" in page(client, story)
    source.refresh_from_db()
    client.post(reverse("translation:keep_heading", args=[story.pk]), {"seen": source.title_revision})
    english = story.editions.get(lang="en")
    assert (english.title, english.translated_title) == ("Year-end sweep", "연말 대단속")


def test_two_headings_at_once_are_both_kept(story, alice, tariq, signed_in):
    url = reverse("translation:heading", args=[story.pk])
    signed_in(tariq).post(url, {"title": "Tariq's", "summary": "", "base_revision": 1})
    answer = signed_in(alice).post(url, {"title": "Alice's", "summary": "", "base_revision": 1})
    assert answer.status_code == 409
    assert story.editions.get(lang="en").title == "Tariq's"
    assert drafts.heading_text("Alice's", "") == PrivateDraft.objects.get(member=alice).text


def test_a_translator_sees_nothing_before_the_editions(story, alice, claim, tariq, signed_in):
    client = signed_in(tariq)
    shown = page(client, story)
    assert claim.statement not in shown and "millet" not in shown and claim.account.report.text not in shown
    row = paragraphs(story)[0]
    version = writing.name_version(alice, story, "v")
    closed = [
        reverse("stories:list"), reverse("stories:new"), story.get_absolute_url(),
        *(reverse(f"stories:{name}", args=[story.pk]) for name in ("versions", "heading", "autosave", "drop", "add", "put_back", "hand_over", "autosave_heading")),
        *(reverse(f"stories:{name}", args=[row.pk]) for name in ("save", "move", "remove", "claims", "attach", "detach")),
        *(reverse(f"stories:{name}", args=[story.pk, version.pk]) for name in ("version", "restore")),
    ]  # fmt: skip
    for url in closed:
        assert client.get(url).status_code in (403, 404), url
        assert client.post(url, {"text": "x", "base_revision": 1}).status_code in (403, 404, 405), url


def test_a_story_not_handed_over_is_closed_to_translators(alice, tariq, signed_in):
    story = make_story(alice, [], [SWEEP])
    client = signed_in(tariq)
    assert client.get(reverse("translation:story", args=[story.pk])).status_code == 404
    writing.hand_over(alice, story)
    assert client.get(reverse("translation:story", args=[story.pk])).status_code == 200
    source = paragraphs(story)[0]
    writing.take_back(alice, story)
    for name, pk in (
        ("story", story.pk),
        ("autosave", story.pk),
        ("translate", source.pk),
        ("keep", source.pk),
    ):
        url = reverse(f"translation:{name}", args=[pk])
        assert client.post(url, {"text": "x", "base_revision": 1, "seen": 1}).status_code in (404, 405), name
    source.refresh_from_db()
    with pytest.raises(DeskError):
        actions.translate(tariq, paragraphs(story)[0], "x", 1)


def test_charlie_who_should_have_no_access_is_refused_at_every_door(story, charlie, signed_in):
    client, source = signed_in(charlie), paragraphs(story)[0]
    term = Term.objects.create(ko="보위부", en="Ministry of State Security")
    doors = [
        ("list", []), ("story", [story.pk]), ("heading", [story.pk]), ("autosave_heading", [story.pk]),
        ("keep_heading", [story.pk]), ("autosave", [story.pk]), ("drop", [story.pk]), ("translate", [source.pk]),
        ("keep", [source.pk]), ("glossary", []), ("term", [term.pk]), ("remove_term", [term.pk]),
    ]  # fmt: skip
    for name, args in doors:
        url = reverse(f"translation:{name}", args=args)
        assert client.get(url).status_code in (403, 405), name
        assert client.post(url, {"text": "x", "base_revision": 1}).status_code in (403, 405), name
    with pytest.raises(NotAllowed):
        actions.translate(charlie, source, "x", 1)
    assert Term.objects.count() == 1


def test_the_number_of_queries_does_not_grow_with_paragraphs(alice, tariq, signed_in):
    def asked(count):
        claims = [make_claim(alice, pseudonym=f"s{count}-{n}") for n in range(count)]
        story = make_story(alice, claims, [f"{{money:c{claim.pk}}}" for claim in claims])
        writing.hand_over(alice, story)
        client = signed_in(tariq)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("translation:story", args=[story.pk]), headers=HX)
        return len(queries)

    asked(1)
    assert asked(5) == asked(50)


def test_a_save_over_a_source_that_changed_meanwhile_says_so(story, alice, tariq, signed_in):
    source = paragraphs(story)[1]
    said = form(source, "A sweep.")
    writing.save_paragraph(alice, source, "전혀 다른 문장", source.revision)
    answer = signed_in(tariq).post(reverse("translation:translate", args=[source.pk]), said, headers=HX)
    assert answer.status_code == 200
    assert "the source changed after you opened this page" in answer.content.decode()


def test_the_list_says_how_far_each_story_is(story, tariq, signed_in):
    actions.translate(tariq, paragraphs(story)[1], "A sweep.", 1)
    shown = signed_in(tariq).get(reverse("translation:list")).content.decode()
    assert "KO → EN · 1 of 2 paragraphs" in shown


def test_a_saved_translation_brings_the_count_at_the_side_of_the_page_along(alice, signed_in):
    story = make_story(alice, texts=["하나.", "둘."])
    writing.hand_over(alice, story)
    client, rows = signed_in(alice), paragraphs(story)
    at = f"http://testserver/translation/{story.pk}/"
    for row, counted in zip(rows, (True, False), strict=True):
        typed = {"story": story.pk, "paragraph": "", "seen": row.revision, "base_revision": 1, "text": "One."}
        answer = client.post(
            f"/translation/paragraph/{row.pk}/", typed, HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL=at
        )
        line = answer.content.decode().partition('<nav class="line" id="line" hx-swap-oob="true"')[2]
        assert line, answer.content.decode()
        link = re.search(r'<a href="/translation/"[^>]*>.*?</a>', line).group()
        assert ("<b " in link) is counted and 'aria-current="true"' in link
