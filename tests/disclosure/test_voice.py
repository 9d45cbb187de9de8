"""Turns of phrase only a sealed report and the draft have: found in a large archive, not judged in a small one."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from random import Random

import pytest

from nightdesk.disclosure import Archive, Remembered, overlap, review
from nightdesk.disclosure import wording as wordings
from nightdesk.disclosure.rules.voice import ENOUGH, NOTES, pairs_of
from nightdesk.disclosure.wire import parse
from nightdesk.disclosure.wording import Spoken, Wording, packed, wording

KO = "주민들은 단속 때문에 장마당에 나가지 못하고 집에 있다고 한다 보위원들이 골목을 돌며 전화를 찾는다 사람들이 서로 눈치를 본다 쌀값이 오른다"
EN = "residents stay at home because of the sweep and agents go through the lanes looking for phones people watch each other and rice costs more than before"
TURN_KO = "간이 콩알만했다"


def archive(stories: int = ENOUGH, extra: str = "") -> Archive:
    """So many released stories of ordinary words in changing order, two of which say something more."""
    rng, day = Random(1), date(2020, 1, 1)

    def text() -> str:
        return " ".join(" ".join(rng.sample(one.split(), len(one.split()))) for one in (KO, EN))

    texts = [text() + (f" {extra}" if n < 2 else "") for n in range(stories)]
    return Archive(
        Remembered(f"S{n}", day + timedelta(n), wording=wording(one)) for n, one in enumerate(texts)
    )


LARGE = archive()


def told(raw: dict, past: Archive):
    one = parse(raw)
    return review(one.draft, one.evidence, past, one.tables, one.draft.release_on)


def voices(raw: dict, past: Archive = LARGE) -> list:
    return [f for f in told(raw, past).findings if f.why_key.startswith("voice")]


def test_a_turn_of_phrase_nobody_else_has_is_a_note(story) -> None:
    raw = story(ko=f"사람들이 서로 눈치를 본다. {TURN_KO}.", report=f"저녁에 {TURN_KO}. 쌀값이 오른다.")
    (found,) = voices(raw)
    assert (found.severity, found.class_, found.for_) == ("note", "verbatim words", "source")
    assert [span.words for span in found.spans] == [TURN_KO] and found.offers


def test_in_quotation_marks_it_is_amber_and_indirect_speech_is_on_offer(story) -> None:
    raw = story(ko=f"그는 “{TURN_KO}”고 말했다.", report=f"저녁에 {TURN_KO}.")
    (found,) = voices(raw)
    assert found.severity == "amber" and found.offers[0].label_key == "say_indirect"


def test_english_words_are_heard_from_three_on(story) -> None:
    assert not voices(story(en="They went bean.", report="Oh, went bean!", lang="en"))
    raw = story(
        en="The agents came and hearts went bean small.", report="Oh, hearts went bean small!", lang="en"
    )
    (found,) = voices(raw)
    assert found.spans[0].words == "hearts went bean small"


def test_what_other_stories_say_too_is_nobodys_voice(story) -> None:
    raw = story(ko=f"그날 {TURN_KO}.", report=f"저녁에 {TURN_KO}.")
    assert voices(raw) and not voices(raw, archive(extra=TURN_KO))


def test_new_pairs_of_everyday_words_are_no_turn_of_phrase(story) -> None:
    always = wording(KO)
    past = Archive(
        Remembered(f"S{n}", date(2020, 1, 1) + timedelta(n), wording=always) for n in range(ENOUGH)
    )
    assert not past.spoken.knows("쌀값", "골목") and past.spoken.count("골목") > 0
    assert not voices(story(ko="쌀값이 골목을.", report="쌀값이 골목을!"), past)
    assert voices(story(ko=f"그날 {TURN_KO}.", report=f"저녁에 {TURN_KO}."), past)


def test_names_sums_and_days_are_no_turn_of_phrase(story) -> None:
    text = "회령 사람이 7천 위안을 12월 10일 냈다."
    assert not voices(story(ko=text, report=text.replace("사람이", "어른이")))
    assert not voices(story(en="So Bean Hyang Mi went.", report="So Bean Hyang Mi ran.", lang="en"))


def test_a_phrase_of_another_report_than_the_paragraphs_own_is_left_alone(story) -> None:
    raw = story(ko=f"그날 {TURN_KO}.", report="쌀값이 오른다.")
    raw["reports"].append({**raw["reports"][0], "id": "r2", "text": f"저녁에 {TURN_KO}."})
    assert not voices(raw)


def test_what_is_verbatim_is_said_once(story) -> None:
    words = "애간장이 새까맣게 숯검정으로 타들어 갔다"
    found = told(story(ko=f"그는 {words}.", report=f"밤새 {words}."), LARGE).findings
    assert [f.why_key for f in found if f.class_ == "verbatim words"] == ["verbatim_sentence"]


@pytest.mark.parametrize("copied", [lambda s: unicodedata.normalize("NFD", s), "\u200b".join, "\u00ad".join])
def test_how_a_report_is_encoded_hides_nothing_it_says(story, copied) -> None:
    """A report from a Mac in decomposed letters shared no syllable with its own words."""
    words = "애간장이 새까맣게 숯검정으로 타들어 갔다"
    found = told(story(ko=f"그는 {words}.", report=copied(f"밤새 {words}.")), LARGE).findings
    assert [f.why_key for f in found if f.class_ == "verbatim words"] == ["verbatim_sentence"]
    assert voices(story(ko=f"그날 {TURN_KO}.", report=copied(f"저녁에 {TURN_KO}.")))
    assert wording(copied(KO)) == wording(KO)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_report_in_another_language_may_hold_the_words_too(story, lang) -> None:
    """A call in Korean, quoted in a relay's Chinese report, was compared with no Korean word."""
    words = "애간장이 새까맣게 숯검정으로 타들어 갔다"
    found = told(story(ko=f"그는 {words}.", report=f"他说：{words}。 He said so.", lang=lang), LARGE).findings
    assert [f.why_key for f in found if f.class_ == "verbatim words"] == ["verbatim_sentence"]


@pytest.mark.parametrize(("past", "said"), [(archive(ENOUGH - 1), True), (Archive(), True), (LARGE, False)])
def test_a_small_archive_judges_nothing_and_says_so(story, past, said) -> None:
    raw = story(ko=f"그날 {TURN_KO}.", report=f"저녁에 {TURN_KO}.")
    found = told(raw, past)
    assert ("voice_archive" in found.cannot_estimate_keys) == said
    assert bool([f for f in found.findings if f.why_key.startswith("voice")]) != said


def test_an_archive_too_full_to_tell_new_words_judges_nothing_and_says_so(story, monkeypatch) -> None:
    raw = story(ko=f"그날 {TURN_KO}.", report=f"저녁에 {TURN_KO}.")
    monkeypatch.setattr(wordings, "FILLED", wordings.PAIRS)
    found = told(raw, LARGE)
    assert "voice_full" in found.cannot_estimate_keys and "voice_archive" not in found.cannot_estimate_keys
    assert not [f for f in found.findings if f.why_key.startswith("voice")]


def test_what_fills_the_archive_is_counted_once() -> None:
    spoken = Spoken()
    for _ in range(2):
        spoken.add(Wording(pairs=packed(f"a{n} b{n}" for n in range(1000))))
    assert 1990 < spoken._filled <= 2000 and not spoken.full


def test_entries_whose_words_were_not_kept_are_no_archive(story) -> None:
    past = Archive(Remembered(f"S{n}", date(2020, 1, 1)) for n in range(ENOUGH + 1))
    raw = story(ko=f"그날 {TURN_KO}.", report=f"저녁에 {TURN_KO}.")
    assert not voices(raw, past) and "voice_archive" in told(raw, past).cannot_estimate_keys


def test_of_many_the_rarest_few_are_shown(story) -> None:
    turns = [f"{a}딱지 {a}뭉치" for a in "각난닫랄맘밥삿앙"]
    raw = story(
        ko=" ".join(f"{one}." for one in turns), report=" ".join(f"{one}!" for one in reversed(turns))
    )
    assert len(voices(raw)) == NOTES < len(turns)


def test_a_long_report_is_laid_out_once_for_all_paragraphs(story) -> None:
    """Beside a hundred paragraphs it took a minute."""
    laid_out = (overlap.places, pairs_of)
    raw = story(ko=f"사람들이 {TURN_KO}.", report=f"저녁에 {TURN_KO}. 서로 눈치를 본다. 사람들이 없다.")
    for n in range(20):
        raw["editions"]["ko"].append(
            raw["editions"]["ko"][0] | {"id": f"q{n}", "text": f"사람들이 서로 눈치를 {n}번 본다."}
        )
    before = [one.cache_info().misses for one in laid_out]
    told(raw, LARGE)
    assert [one.cache_info().misses - n for one, n in zip(laid_out, before, strict=True)] == [1, 1]


def test_each_of_a_hundred_reports_is_laid_out_once_for_all_paragraphs(story) -> None:
    """Of more than sixty-four each was laid out again beside every paragraph: 500 beside 300 took half a minute."""
    raw = story(ko="사람들이 서로 눈치를 본다.", report="사람들이 서로 눈치를 보았다.")
    (claim,), (report,) = raw["claims"], raw["reports"]
    for n in range(100):
        raw["claims"].append(claim | {"id": f"d{n}", "report": f"s{n}"})
        raw["reports"].append(report | {"id": f"s{n}", "text": f"사람들이 서로 눈치를 보고 {n}번 갔다."})
        raw["editions"]["ko"].append(
            {"id": f"u{n}", "claims": [f"d{n}"], "text": f"사람들이 서로 눈치를 {n}일 본다."}
        )
    before = overlap.places.cache_info().misses
    told(raw, LARGE)
    assert overlap.places.cache_info().misses - before == 101


def test_a_story_with_nothing_sensitive_has_no_red_and_few_notes(story) -> None:
    ko = "보위원들이 골목을 돌며 전화를 찾는다. 사람들이 서로 눈치를 본다."
    raw = story(ko=ko, report=KO.replace("찾는다", "찾는다."), kind="public", low=20000, high=90000)
    found = told(raw, LARGE).findings
    assert not [f for f in found if f.severity == "red" and f.why_key.startswith("voice")] and not voices(raw)


def test_sources_of_one_story_count_it_once() -> None:
    same = wording(KO)
    past = Archive(
        Remembered("S1", date(2020, 1, 1), source=one, wording=same) for one in ("wren", "heron", "crane")
    )
    assert past.spoken.stories == {"ko": 1} and past.spoken.count("단속") == 1


def test_sources_of_one_story_in_two_languages_count_each_once_in_any_order() -> None:
    told = [(source, text) for source in ("wren", "heron") for text in (KO, EN)]
    for order in (told, [told[0], told[1], told[3], told[2]]):
        past = Archive(
            Remembered("S1", date(2020, 1, 1), source=source, wording=wording(text)) for source, text in order
        )
        assert past.spoken.stories == {"ko": 1, "en": 1} and past.spoken.count("sweep") == 1


def test_what_was_added_is_always_known_and_little_else_is() -> None:
    spoken = Spoken()
    spoken.add(Wording(pairs=packed(f"a{n} b{n}" for n in range(200_000))))
    assert all(spoken.knows(f"a{n}", f"b{n}") for n in range(0, 200_000, 97))
    assert sum(spoken.knows(f"c{n}", f"d{n}") for n in range(10_000)) < 20
