"""The engine's sentences in both languages of the desk."""

import json
import re
from string import Formatter

import pytest

from nightdesk.corroboration import assess, words
from nightdesk.corroboration.lexicon import table
from nightdesk.corroboration.sentences import from_plain, hidden, plain, said, sentence
from nightdesk.corroboration.shown import Shown


def parts_of(result):
    yield from (part for v in result.verdicts for part in v.why_parts)
    yield from (part for v in result.verdicts for link in v.links for part in link.why_parts)
    yield from (part for o in result.events for part in (*o.why_parts, *o.ask_parts))


def holes(template):
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_every_sentence_stands_in_both_languages_with_the_same_values():
    for key, row in table("sentences")["sentence"].items():
        assert holes(row["en"]) == holes(row["ko"]), key


def _looked_for(section):
    if section != "counts":
        return table()[section]
    counting = table("counting")
    return set(counting["things"]) | set(counting["befell"]) | {"days"}


@pytest.mark.parametrize("section", ["acts", "parties", "agencies", "details", "counts"])
def test_every_word_the_engine_looks_for_has_a_name_in_both_languages(section):
    named = table("sentences")[section]
    for key in _looked_for(section):
        assert {"en", "ko"} <= set(named[key]), key


def test_every_family_of_acts_has_a_name():
    assert {row["family"] for row in table()["acts"].values()} <= set(table("sentences")["families"])


def test_the_samples_reasons_hold_no_english_in_korean(sample):
    for part in parts_of(assess(sample)):
        if part.key == "rare_words":
            continue  # the accounts' own words, in their own language
        korean = sentence(part, "ko", account=lambda name: "진술")
        assert not re.search(r"[A-Za-z]{3,}", korean.replace("USB", "")), korean
        assert not re.search(r"[을은이와]\([를는가과]\)", korean)


def test_rare_words_are_whole_words_of_both_texts_and_never_two_syllables_out_of_one(sample):
    runs = {a.id: set(re.findall(r"[가-힣]+|[a-z’']+|[㐀-鿿]+", a.text.lower())) for a in sample}
    shown = [
        (verdict.id, link.to, word)
        for verdict in assess(sample).verdicts
        for link in verdict.links
        for part in link.why_parts
        if part.key == "rare_words"
        for word in part.values["words"]
    ]
    assert shown
    for one, other, word in shown:
        for name in (one, other):
            assert any(run.startswith(word[:7]) for run in runs[name]), (name, word)


@pytest.mark.parametrize(
    ("lang", "one", "other", "said"),
    [
        ("ko", "구렁에서 로커가 나왔다", "수렁에 로커를 놓았다", ("로커",)),
        ("en", "they searched garages", "some garages", ("garages",)),
        ("zh", "他们搜查了仓库门口", "昨天搜查了仓库里面", ("搜查了仓库",)),
    ],
)
def test_what_two_texts_share_is_said_in_words_and_not_in_the_pairs_they_are_compared_by(
    lang, one, other, said
):
    shared = set(words.words(one, lang).tokens) & set(words.words(other, lang).tokens)
    assert Shown(one, lang).words(sorted(shared)) == said


def test_what_is_said_in_english_is_what_the_parts_say(sample):
    result = assess(sample)
    for verdict in result.verdicts:
        for link in verdict.links:
            assert link.why == "; ".join(sentence(part, "en") for part in link.why_parts)
    for origins in result.events:
        assert origins.why == " ".join(sentence(part, "en") for part in origins.why_parts)


def test_a_sentence_survives_being_kept_as_json(sample):
    for part in parts_of(assess(sample)):
        kept = from_plain(json.loads(json.dumps(plain(part))))
        assert sentence(kept, "ko") == sentence(part, "ko")


def test_accounts_a_member_may_not_see_have_no_name_and_are_said_once():
    asked = said("ask_from_whom", accounts=("A1", "A2", "A3"))
    shown = {"A2": "Millet"}
    assert "(다른 진술, Millet)" in sentence(asked, "ko", lambda name: shown.get(name, hidden("ko")))
    english = sentence(asked, "en", lambda name: shown.get(name, hidden("en")))
    assert english.startswith("Ask from whom another account, Millet came:")


def test_values_are_written_as_the_house_writes_them():
    assert sentence(said("same_sum", sum="CNY 20000"), "ko") == "같은 금액(2만 위안)"
    assert sentence(said("same_sum", sum="XXX 5"), "ko") == "같은 금액(XXX 5)"
    assert sentence(said("deadline", days="2023-12-20"), "ko") == "2023년 12월 20일까지"
    assert sentence(said("days", days=("2023-06~", "unclear")), "en") == "around June 2023, unclear"
    assert sentence(said("same_place", places=("hoeryong",)), "ko") == "같은 곳(회령)"
    assert sentence(said("counts", counts="2 agents"), "ko") == "단속 인원 2명"


def test_a_particle_agrees_with_the_name_it_follows():
    part = said("shared_origin", account="가", basis="rumour", dispute="", first="나")
    assert sentence(part, "ko", lambda name: "다른 진술") == "다른 진술: 소문. 다른 진술과 출처가 같음."
