"""The story's screens: beginning, claims beside paragraphs, moving, removing, versions, handing over."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from nightdesk.desk.errors import DeskError, NotAllowed
from nightdesk.desk.stories import actions, arranging, drafts, pairs, versions
from nightdesk.desk.stories.models import Paragraph, PrivateDraft, Story, Version
from nightdesk.desk.stories.tests.making import SWEEP, make_claim, make_story, paragraphs


@pytest.fixture
def claim(alice, bob):
    return make_claim(alice, cleared=[bob], statement="두 보위원이 돈을 요구했다")


@pytest.fixture
def story(alice, claim):
    return make_story(alice, [claim], [SWEEP, "둘째 문단", "셋째 문단"])


def page(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_story_begins_with_a_paragraph_for_each_chosen_claim(alice, claim, signed_in):
    other = make_claim(alice, pseudonym="heron")
    client = signed_in(alice)
    assert f'value="{claim.pk}" checked' in page(client, f"{reverse('stories:new')}?claim={claim.pk}")
    answer = client.post(
        reverse("stories:new"), {"title": "연말 단속", "source_lang": "ko", "claims": [claim.pk, other.pk]}
    )
    story = Story.objects.get()
    assert answer["Location"] == story.get_absolute_url()
    assert [[c.pk for c in row.claims.all()] for row in paragraphs(story)] == [[claim.pk], [other.pk]]
    assert f"{{money:c{claim.pk}}}" in page(client, story.get_absolute_url())


def test_addresses_are_free_and_lead_nowhere(alice):
    first, second = (actions.draft(alice, "A title", "en", (), "year-end-sweep") for _ in range(2))
    assert (first.slug, second.slug) == ("year-end-sweep", "year-end-sweep-2")
    neutral = actions.draft(alice, "Kim of Hoeryong was fined", "ko").slug
    assert re.fullmatch("story-[a-z]{6}", neutral)


@pytest.mark.parametrize("slug", ["archive", "corrections", "data", "feed", "index", "static"])
def test_an_address_of_the_site_itself_is_refused(alice, slug):
    with pytest.raises(DeskError):
        actions.draft(alice, "A title", "ko", (), slug)


def test_a_reporter_cannot_begin_a_story_on_a_claim_that_is_not_open_to_him(dana, claim, signed_in):
    answer = signed_in(dana).post(
        reverse("stories:new"), {"title": "x", "source_lang": "ko", "claims": [claim.pk]}
    )
    assert answer.status_code == 400
    with pytest.raises(DeskError):
        actions.draft(dana, "x", "ko", [claim])
    assert not Story.objects.exists()


def test_only_the_stop_of_stories_is_lit_where_claims_are_attached(story, alice, signed_in):
    paragraph = Paragraph.objects.filter(edition__story=story).first()
    page = signed_in(alice).get(f"/stories/paragraph/{paragraph.pk}/claims/").content.decode()
    assert page.count("aria-current=") == 1
    assert '<a href="/stories/" aria-current="true">' in page


def test_a_paragraph_without_a_claim_says_so(story, alice, signed_in):
    assert page(signed_in(alice), story.get_absolute_url()).count("This paragraph rests on no claim.") == 2


def test_a_single_origin_is_warned_of(story, alice, signed_in):
    assert "rests on one origin" in page(signed_in(alice), story.get_absolute_url())


def test_claims_not_open_to_a_member_are_counted_and_not_shown(story, alice, bob, signed_in):
    hidden = make_claim(alice, pseudonym="heron", statement="아무도 몰라야 할 말")
    actions.attach(alice, paragraphs(story)[0], hidden)
    seen = page(signed_in(bob), story.get_absolute_url())
    assert "millet" in seen and "두 보위원이 돈을 요구했다" in seen
    assert "heron" not in seen and "아무도 몰라야 할 말" not in seen
    assert "And 1 claim that is not open to you." in seen


def test_a_member_attaches_and_detaches_only_what_is_open_to_him(story, alice, bob, signed_in):
    hidden = make_claim(alice, pseudonym="heron")
    row, client = paragraphs(story)[1], signed_in(bob)
    assert client.post(reverse("stories:attach", args=[row.pk]), {"claim": hidden.pk}).status_code == 404
    with pytest.raises(DeskError):
        actions.attach(bob, row, hidden)
    mine = make_claim(alice, pseudonym="crane", cleared=[bob])
    assert "crane" in page(client, reverse("stories:claims", args=[row.pk]))
    assert "heron" not in page(client, reverse("stories:claims", args=[row.pk]))
    client.post(reverse("stories:attach", args=[row.pk]), {"claim": mine.pk})
    assert list(row.claims.all()) == [mine]
    client.post(reverse("stories:detach", args=[row.pk]), {"claim": mine.pk})
    assert not row.claims.exists()


def test_paragraphs_are_added_below_and_moved_in_both_editions(story, alice, signed_in):
    actions.hand_over(alice, story)
    client, rows = signed_in(alice), paragraphs(story)
    client.post(reverse("stories:add", args=[story.pk]), {"after": rows[0].pk, "text": "사이"})
    assert [row.text for row in paragraphs(story)] == [SWEEP, "사이", "둘째 문단", "셋째 문단"]
    client.post(reverse("stories:move", args=[rows[2].pk]), {"to": "up"})
    client.post(reverse("stories:move", args=[rows[0].pk]), {"to": "up"})
    order = [row.pk for row in paragraphs(story)]
    assert order[2] == rows[2].pk and order[0] == rows[0].pk
    assert [row.translates_id for row in paragraphs(story, "en")] == order


def test_a_removed_paragraph_can_be_put_back_with_claims_and_translation(story, alice, claim, signed_in):
    actions.hand_over(alice, story)
    first = paragraphs(story)[0]
    Paragraph.objects.filter(translates=first).update(text="A sweep.", translated_text=SWEEP)
    client = signed_in(alice)
    answer = client.post(reverse("stories:remove", args=[first.pk]))
    assert len(paragraphs(story)) == 2 and "Put it back" in page(client, answer["Location"])
    version = Version.objects.filter(story=story).first()
    client.post(reverse("stories:put_back", args=[story.pk]), {"version": version.pk, "paragraph": first.pk})
    assert [row.text for row in paragraphs(story)] == [SWEEP, "둘째 문단", "셋째 문단"]
    assert list(paragraphs(story)[0].claims.all()) == [claim]
    english = paragraphs(story, "en")[0]
    assert (english.text, english.stale) == ("A sweep.", False)


def test_a_version_is_named_compared_and_restored_as_a_new_state(story, alice, signed_in):
    actions.hand_over(alice, story)
    client = signed_in(alice)
    client.post(reverse("stories:versions", args=[story.pk]), {"name": "편집회의 전"})
    version = Version.objects.filter(story=story).first()
    rows = paragraphs(story)
    actions.save_paragraph(alice, rows[1], "고친 문단", rows[1].revision)
    arranging.remove_paragraph(alice, rows[2])
    shown = page(client, reverse("stories:version", args=[story.pk, version.pk]))
    assert "<del>둘째 </del>" in shown and "<ins>고친 </ins>" in shown
    before = paragraphs(story)[1].revision
    client.post(reverse("stories:restore", args=[story.pk, version.pk]))
    assert [row.text for row in paragraphs(story)] == [SWEEP, "둘째 문단", "셋째 문단"]
    assert paragraphs(story)[1].revision > before
    assert len(paragraphs(story, "en")) == 3
    newest = Version.objects.filter(story=story).first()
    assert "고친 문단" in str(newest.content) and newest.pk != version.pk
    version.refresh_from_db()
    assert "고친 문단" not in str(version.content)


def test_handing_over_makes_the_other_edition_and_taking_back_keeps_it(story, alice, signed_in):
    client, url = signed_in(alice), reverse("stories:hand_over", args=[story.pk])
    client.post(url)
    story.refresh_from_db()
    assert story.ready_to_translate_at is not None
    assert [row.translates_id for row in paragraphs(story, "en")] == [row.pk for row in paragraphs(story)]
    client.post(url, {"back": "1"})
    story.refresh_from_db()
    assert story.ready_to_translate_at is None and story.editions.count() == 2


def waiting_stories(member):
    from nightdesk.desk.line import stages_of

    return {stage.key: found.count for stage, found in stages_of(member)}["stories"]


def test_handing_over_saves_what_the_member_typed_and_did_not_save(alice, signed_in):
    story = make_story(alice, [], [""])
    row, edition = paragraphs(story)[0], pairs.source_edition(story)
    drafts.keep(alice, row, SWEEP, row.revision)
    drafts.keep_heading(alice, edition, "새 제목", "요약", edition.title_revision)
    signed_in(alice).post(reverse("stories:hand_over", args=[story.pk]))
    edition.refresh_from_db()
    assert (paragraphs(story)[0].text, edition.title, edition.summary) == (SWEEP, "새 제목", "요약")
    assert not PrivateDraft.objects.exists() and waiting_stories(alice) == 0


def test_words_typed_over_another_text_stop_the_hand_over_and_say_where(story, alice, erin, signed_in):
    first, second = paragraphs(story)[:2]
    drafts.keep(alice, first, "첫 문단", first.revision)
    drafts.keep(alice, second, "내 문단", second.revision)
    actions.save_paragraph(erin, second, "에린의 문단", second.revision)
    answer = signed_in(alice).post(reverse("stories:hand_over", args=[story.pk]))
    assert answer.status_code == 409 and "paragraph 2" in answer.content.decode()
    story.refresh_from_db()
    assert story.ready_to_translate_at is None and PrivateDraft.objects.filter(member=alice).count() == 2
    assert [row.text for row in paragraphs(story)][:2] == [SWEEP, "에린의 문단"]


def test_a_story_without_saved_words_is_not_handed_over(alice, erin):
    story = make_story(alice, [], [""])
    row = paragraphs(story)[0]
    drafts.keep(erin, row, "에린만 보는 말", row.revision)
    with pytest.raises(DeskError) as refused:
        actions.hand_over(alice, story)
    assert refused.value.remedy == "Save a paragraph first; nothing was handed over."
    assert PrivateDraft.objects.filter(member=erin).exists() and story.editions.count() == 1


def test_a_story_that_lost_its_words_after_the_hand_over_stays_under_stories(story, alice):
    actions.hand_over(alice, story)
    assert waiting_stories(alice) == 0
    Paragraph.objects.filter(edition__story=story).update(text="")
    assert waiting_stories(alice) == 1


def test_a_headline_holds_no_chip_and_is_not_empty(story, alice, claim):
    edition = pairs.source_edition(story)
    for title in (f"{{money:c{claim.pk}}}", "   "):
        with pytest.raises(DeskError):
            actions.save_heading(alice, edition, title, "", edition.title_revision)


def test_the_list_says_where_each_story_stands(story, alice, signed_in):
    shown = page(signed_in(alice), reverse("stories:list"))
    assert "연말 단속" in shown and "not handed to translation" in shown
    actions.hand_over(alice, story)
    assert "0 of 3 translated" in page(signed_in(alice), reverse("stories:list"))


def test_nothing_is_counted_once_every_paragraph_is_translated(story, alice, signed_in):
    actions.hand_over(alice, story)
    for row in paragraphs(story):
        Paragraph.objects.filter(translates=row).update(text="Said.", translated_text=row.text)
    client = signed_in(alice)
    for address in (reverse("stories:list"), reverse("translation:list"), story.get_absolute_url()):
        assert "3 of 3" not in page(client, address)
    for address in (reverse("translation:list"), story.get_absolute_url()):
        assert "all paragraphs translated" in page(client, address)


def test_kpw_without_a_rate_says_what_to_enter(alice, signed_in):
    claim = make_claim(alice, amount="5800", currency="KPW")
    story = make_story(alice, [claim], [f"{{money:c{claim.pk}}}"])
    assert "No ECB rate for KPW: enter the market rate." in page(signed_in(alice), story.get_absolute_url())


def doors(story):
    row, version = paragraphs(story)[0], actions.name_version(story.begun_by, story, "v")
    by_story = (
        "story",
        "versions",
        "heading",
        "autosave_heading",
        "autosave",
        "drop",
        "add",
        "put_back",
        "hand_over",
    )
    yield from ((name, [story.pk]) for name in by_story)
    yield from ((name, [row.pk]) for name in ("save", "move", "remove", "claims", "attach", "detach"))
    yield from ((name, [story.pk, version.pk]) for name in ("version", "restore"))


def test_charlie_who_should_have_no_access_is_refused_at_every_door(story, charlie, signed_in):
    client = signed_in(charlie)
    assert "연말 단속" not in page(client, reverse("stories:list"))
    for name, args in doors(story):
        url, form = (
            reverse(f"stories:{name}", args=args),
            {"text": "x", "base_revision": 1, "title": "x", "name": "x"},
        )
        assert client.post(url, form).status_code in (404, 405), name
        assert client.get(url).status_code in (404, 405), name
    assert [row.text for row in paragraphs(story)] == [SWEEP, "둘째 문단", "셋째 문단"]
    assert Version.objects.count() == 1


def test_nobody_signed_in_is_sent_to_the_door(story, client):
    for name, args in doors(story):
        assert "sign-in" in client.post(reverse(f"stories:{name}", args=args)).headers["Location"], name


def test_a_reporter_whose_source_is_in_it_may_work_on_the_story(story, bob, signed_in):
    assert "둘째 문단" in page(signed_in(bob), story.get_absolute_url())


def test_actions_ask_the_role_themselves(story, tariq):
    row = paragraphs(story)[0]
    for act in (
        lambda: arranging.add_paragraph(tariq, row.edition), lambda: arranging.move_paragraph(tariq, row, 1),
        lambda: arranging.remove_paragraph(tariq, row), lambda: actions.name_version(tariq, story, "x"),
        lambda: actions.hand_over(tariq, story), lambda: actions.take_back(tariq, story),
        lambda: actions.draft(tariq, "x", "ko"), lambda: actions.save_heading(tariq, row.edition, "x", "", 1),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            act()


def test_the_number_of_queries_does_not_grow_with_paragraphs(alice, signed_in):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(count):
        claims = [make_claim(alice, pseudonym=f"s{count}-{n}") for n in range(count)]
        story = make_story(alice, claims, [f"{{money:c{claim.pk}}}" for claim in claims])
        client = signed_in(alice)
        client.get(story.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(story.get_absolute_url(), headers={"HX-Request": "true"})
        return len(queries)

    assert asked(5) == asked(50)


def test_a_chosen_claim_is_offered_however_old_it_is(alice, claim, signed_in, monkeypatch):
    monkeypatch.setattr("nightdesk.desk.stories.views.OFFERED", 1)
    make_claim(alice, pseudonym="newer")
    make_claim(alice, pseudonym="newest")
    shown = page(signed_in(alice), f"{reverse('stories:new')}?claim={claim.pk}&claim=x")
    assert f'value="{claim.pk}" checked' in shown and "newest" in shown and "newer " not in shown


def test_the_name_of_a_version_is_cut_at_a_word_and_shows_no_raw_chip(alice, claim):
    long = f"보위원이 {{money:c{claim.pk}}}을 요구했다. {{money:c0}} " + "그리고 또 다른 말이 이어진다. " * 9
    story = make_story(alice, [claim], [long, "둘째"])
    name = arranging.remove_paragraph(alice, paragraphs(story)[0]).name
    assert len(name) <= 120 and name.endswith("…") and "{money" not in name and "위안" in name
    assert name[:-1].split()[-1] in long.split()
    assert versions.short("하나 둘 셋넷", 6) == "하나 둘…" and versions.short("一二三四五六", 4) == "一二三…"


@pytest.mark.parametrize(
    "name", ["Withdrawn", "released as  version 7", "Before a paragraph was removed: x", "번역으로 넘김"]
)
def test_a_member_does_not_give_a_name_the_desk_gives_itself(story, alice, name):
    with pytest.raises(DeskError, match="The desk itself gives versions this name"):
        actions.name_version(alice, story, name)
    assert actions.name_version(alice, story, "Withdrawn offers").name == "Withdrawn offers"


def test_an_offer_that_was_taken_back_is_named_by_the_words_of_its_class():
    from django.utils.translation import override

    from nightdesk.desk.stories.templatetags.story_words import version_label

    with override("ko"):
        assert "exact sum" not in version_label("Before an offer was taken back: exact sum")


def test_a_version_the_desk_kept_says_what_it_was_before_in_the_pages_language():
    from django.utils.translation import override

    from nightdesk.desk.stories.templatetags.story_words import version_label

    kept = "Before a version was restored: Before an offer of the review was taken: “2만 위안” → “수만 위안”"
    with override("ko"):
        said = version_label(kept)
    assert "Before" not in said and said.endswith("“2만 위안” → “수만 위안”")
    assert version_label("Before: my own name") == "Before: my own name"
    with override("en"):
        assert version_label(kept) == kept


def test_a_story_without_versions_says_so_and_how_they_come(story, alice, signed_in):
    story.versions.all().delete()
    seen = page(signed_in(alice), reverse("stories:versions", args=[story.pk]))
    assert "No version is kept yet." in seen
