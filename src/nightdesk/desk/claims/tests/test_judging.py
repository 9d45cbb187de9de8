"""What people decide about two accounts wins, is kept with its reason, and goes back with one click."""

from __future__ import annotations

import pytest

from nightdesk.desk.claims import actions, corroborating, online
from nightdesk.desk.claims.judging import Decided, contradicts, judge, take_back
from nightdesk.desk.claims.models import Account, Corroboration, Event, Judgement
from nightdesk.desk.claims.tests.conftest import COUSIN
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import DeskError, NotAllowed

ELSEWHERE = "무산군 보위부가 12월 10일 한 세대를 수색해 손전화 1대를 회수했다."


@pytest.fixture
def pair(alice, bob, dana, told):
    """Two tellings of one event."""
    both = told("millet", bob), told("harbour", dana, text=COUSIN, lang="en")
    actions.compare(alice)
    return both


def events():
    return [
        tuple(event.accounts.order_by("pk").values_list("pk", flat=True))
        for event in Event.objects.filter(accounts__isnull=False).distinct().order_by("pk")
    ]


@pytest.mark.django_db
def test_set_apart_wins_over_the_engine_and_taking_it_back_undoes_it(alice, pair):
    first, second = (account.pk for account in pair)
    assert events() == [(first, second)]
    made = judge(alice, "apart", *pair, "Another broker.")
    assert sorted(events()) == [(first,), (second,)]
    actions.corroborate(alice)
    assert sorted(events()) == [(first,), (second,)]
    take_back(alice, made)
    assert events() == [(first, second)]
    made.refresh_from_db()
    assert (made.why, made.by, made.taken_back_by) == ("Another broker.", alice, alice)


@pytest.mark.django_db
def test_joined_are_one_event_after_a_restart_too(alice, bob, told):
    one, two = told("millet", bob), told("larch", bob, text=ELSEWHERE)
    actions.compare(alice)
    assert len(events()) == 2
    made = judge(alice, "join", one, two, "She told me it was the same day.")
    assert events() == [(one.pk, two.pk)]
    online.held().forget()
    told(
        "crane",
        bob,
        text="무산군에서 12월 10일 보위부가 한 세대를 수색해 손전화 1대를 회수했다.",
        basis="rumour",
    )
    actions.compare(alice)
    assert len(events()) == 1
    take_back(alice, made)
    assert len(events()) == 2


@pytest.mark.django_db
def test_who_came_into_an_event_late_but_told_first_is_still_the_first(alice, bob, dana, told):
    one, two = told("larch", bob, text=ELSEWHERE), told("millet", bob)
    actions.compare(alice)
    joined = judge(alice, "join", one, two, "The same raid.")
    three = told("harbour", dana, text=COUSIN, lang="en")
    actions.compare(alice)
    judge(alice, "apart", one, three, "Another town.")
    assert (two.pk, three.pk) not in events()
    take_back(alice, joined)
    assert sorted(events()) == [(one.pk,), (two.pk, three.pk)]
    links = list(Corroboration.objects.values_list("account", "other", "relation"))
    assert [pair for *pair, _relation in links] == [[three.pk, two.pk]]
    actions.corroborate(alice)
    assert list(Corroboration.objects.values_list("account", "other", "relation")) == links


@pytest.mark.django_db
def test_who_comes_late_into_a_large_event_waits_with_it_for_the_thread(alice, bob, dana, told, monkeypatch):
    one, two = told("larch", bob, text=ELSEWHERE), told("millet", bob)
    actions.compare(alice)
    joined = judge(alice, "join", one, two, "The same raid.")
    three = told("harbour", dana, text=COUSIN, lang="en")
    actions.compare(alice)
    judge(alice, "apart", one, three, "Another town.")
    put_off = []
    monkeypatch.setattr(corroborating, "_told_before_others", lambda *_given: {two.pk, three.pk})
    monkeypatch.setattr(corroborating, "is_much", lambda many: bool(put_off.append(many)) or len(put_off) > 1)
    take_back(alice, joined)
    assert put_off == [2, 2]
    assert set(Account.objects.filter(compared=False)) == {two, three}
    monkeypatch.undo()
    assert actions.compare(alice)
    assert sorted(events()) == [(one.pk,), (two.pk, three.pk)]


@pytest.mark.django_db
def test_not_independent_takes_an_origin_away(alice, pair):
    event = Event.objects.get()
    assert event.independent_origins == 2
    made = judge(alice, "one origin", *pair, "The cousin is the broker's cousin.")
    event.refresh_from_db()
    assert event.independent_origins == 1
    take_back(alice, made)
    event.refresh_from_db()
    assert event.independent_origins == 2


@pytest.mark.django_db
def test_each_stands_in_the_log_of_the_judgement_and_of_both_reports(alice, pair):
    made = judge(alice, "apart", *pair, "Another broker.")
    take_back(alice, made)
    for subject in (f"judgement:{made.pk}", *(f"report:{account.report_id}" for account in pair)):
        verbs = list(
            CustodyEntry.objects.filter(subject=subject).order_by("pk").values_list("verb", flat=True)
        )
        assert verbs[-2:] == ["set apart", "take back judgement"], subject


@pytest.mark.django_db
def test_the_reason_lies_sealed(alice, pair):
    judge(alice, "apart", *pair, "Another broker.")
    assert b"broker" not in bytes(Judgement.objects.values_list("why", flat=True).get())


@pytest.mark.django_db
def test_a_judgement_about_an_account_one_may_not_see_is_refused(alice, bob, dana, pair):
    for member in (bob, dana):
        with pytest.raises(NotAllowed):
            judge(member, "apart", *pair, "x")
    made = judge(alice, "apart", *pair, "Another broker.")
    assert not Judgement.objects.visible_to(bob).exists()
    with pytest.raises(NotAllowed):
        take_back(bob, made)
    assert Judgement.objects.visible_to(alice).get() == made


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "why"), [("merge", "x"), ("join", " "), ("join", "x" * 301)])
def test_what_is_missing_is_said(alice, pair, kind, why):
    with pytest.raises(DeskError):
        judge(alice, kind, *pair, why)
    with pytest.raises(DeskError):
        judge(alice, "join", pair[0], pair[0], "itself")
    assert not Judgement.objects.exists() and Account.objects.count() == 2


@pytest.mark.django_db
def test_the_opposite_says_which_to_take_back(alice, pair):
    made = judge(alice, "apart", *pair, "Another broker.")
    with pytest.raises(DeskError, match=f"number {made.pk}") as refused:
        judge(alice, "join", pair[1], pair[0], "One broker.")
    assert "Take that one back first" in refused.value.remedy
    with pytest.raises(DeskError, match="decided before"):
        judge(alice, "apart", pair[1], pair[0], "Again.")


A, B = Decided(1, "join", 1, 2), Decided(2, "join", 2, 3)


@pytest.mark.parametrize(
    ("asked", "standing", "forbids"),
    [
        (("apart", 1, 3), [A, B], B),
        (("apart", 1, 3), [A], None),
        (("join", 3, 4), [A, B, Decided(3, "apart", 4, 1)], 3),
        (("join", 3, 4), [A, B, Decided(3, "apart", 4, 9)], None),
        (("one origin", 1, 3), [A, Decided(3, "apart", 1, 3)], None),
    ],
)
def test_joins_carry_over_and_contradict_what_keeps_apart(asked, standing, forbids):
    found = contradicts(*asked, standing)
    if isinstance(forbids, int):
        assert found is not None and found.key == forbids
    elif forbids is None:
        assert found is None
    else:
        assert found in (A, B)


@pytest.mark.django_db
def test_the_opposite_names_no_account_a_member_may_not_see(alice, bob, dana, told):
    """Bob sees two of three; that Alice joined both with the third is not his to learn."""
    mine, also, hidden = told("millet", bob), told("crane", bob, text=ELSEWHERE), told("harbour", dana)
    actions.compare(alice)
    judge(alice, "join", mine, hidden, "The same household.")
    judge(alice, "join", hidden, also, "The same household.")
    with pytest.raises(DeskError) as refused:
        judge(bob, "apart", mine, also, "Two towns.")
    said = f"{refused.value} {refused.value.remedy}"
    assert "others handle" in said and not any(str(row.pk) in said for row in (mine, also, hidden))


@pytest.mark.django_db
def test_what_was_judged_of_a_part_stays_when_the_part_is_joined_again(alice, bob, told):
    whole, other = told("millet", bob, text=f"{COUSIN} {COUSIN}", lang="en"), told("larch", bob)
    actions.compare(alice)
    part = actions.split(bob, whole, len(COUSIN) + 1)
    made = judge(alice, "apart", other, part, "Another broker.")
    within = judge(alice, "apart", whole, part, "Two brokers.")
    actions.join(bob, part)
    made.refresh_from_db()
    assert {made.account, made.other} == {whole, other} and made.why == "Another broker."
    assert not Judgement.objects.filter(pk=within.pk).exists()  # an account is not apart from itself
    whole.refresh_from_db(), other.refresh_from_db()
    assert whole.event != other.event


@pytest.mark.django_db
def test_joined_again_to_where_the_same_was_decided_it_is_decided_once(alice, bob, told):
    whole, other = told("millet", bob, text=f"{COUSIN} {COUSIN}", lang="en"), told("larch", bob)
    actions.compare(alice)
    part = actions.split(bob, whole, len(COUSIN) + 1)
    kept = judge(alice, "apart", other, whole, "Another broker.")
    judge(alice, "apart", part, other, "Another one, too.")
    actions.join(bob, part)
    assert list(Judgement.objects.standing()) == [kept]


@pytest.mark.django_db
def test_a_refused_judgement_gives_its_words_back_in_the_words_of_the_form(alice, pair, signed_in):
    """And says nothing of identity cards, one of whose fields had the same name."""
    judge(alice, "apart", *pair, "Another broker.")
    first, second = pair
    said = signed_in(alice).post(
        f"/claims/account/{first.pk}/judge/", {"beside": second.pk, "kind": "join", "why": "One broker."}
    )
    page = said.content.decode()
    assert said.status_code == 400 and "One broker." in page and ">one event</textarea>" in page
    assert "identity card" not in page and ">Why</label>" in page
    assert str(first.report) in page and str(second.report) in page


@pytest.mark.django_db
def test_a_pair_counted_as_one_says_so_beside_what_the_engine_says(alice, pair, signed_in):
    judge(alice, "one origin", *pair, "The cousin is the broker's cousin.")
    for address in (Event.objects.get().get_absolute_url(), pair[0].report.get_absolute_url()):
        page = signed_in(alice).get(address).text
        assert '<span class="chip accent">not independent</span>' in page.split('class="ties"')[1], address


@pytest.mark.django_db
def test_from_the_queue_the_way_back_is_one_click(alice, pair, signed_in):
    first, second = pair
    client = signed_in(alice)
    given = {"beside": second.pk, "kind": "apart", "why": "Another broker.", "from": "suggestions"}
    page = client.post(f"/claims/account/{first.pk}/judge/", given, follow=True).content.decode()
    first.refresh_from_db()
    assert (
        f'<a href="{first.event.get_absolute_url()}">It can be taken back on the page of the event.</a>'
        in page
    )


@pytest.mark.django_db
def test_joining_a_part_that_was_judged_says_that_the_whole_is_judged_now(alice, bob, told, signed_in):
    whole, other = told("millet", bob, text=f"{COUSIN} {COUSIN}", lang="en"), told("larch", bob)
    actions.compare(alice)
    part = actions.split(bob, whole, len(COUSIN) + 1)
    assert "later part" in part.label and "later part" not in whole.label
    client = signed_in(bob)
    page = client.post(f"/claims/account/{part.pk}/join/", follow=True).content.decode()
    assert "one again" in page and "stands about the whole account" not in page
    part = actions.split(bob, whole, len(COUSIN) + 1)
    judge(alice, "apart", other, part, "Another broker.")
    page = client.post(f"/claims/account/{part.pk}/join/", follow=True).content.decode()
    assert "stands about the whole account now" in page
