"""The screens of care: one entry of the contact log, danger, consent, dates. A source's own page is in sources."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from nightdesk.desk import clock
from nightdesk.desk.asked import number
from nightdesk.desk.care import consent, contacts, danger, retention, showing
from nightdesk.desk.care.forms import (
    ConsentForm,
    ContactForm,
    KeepForm,
    ReasonForm,
    WithdrawalForm,
    consent_as_typed,
    contact_as_typed,
)
from nightdesk.desk.care.models import KeepUntil
from nightdesk.desk.care.tables import KEEP_DAYS, WARN_DAYS
from nightdesk.desk.reports.models import Report
from nightdesk.desk.reports.naming import tell_apart
from nightdesk.desk.sources.models import Contact, Source
from nightdesk.desk.staff import two
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs


def _source(request: HttpRequest, pk: int) -> Source:
    return get_object_or_404(Source.objects.visible_to(member_of(request)), pk=pk)


def _page(request: HttpRequest, name: str, source: Source, form: forms.Form, **known: Any) -> HttpResponse:
    """The page with its form; 400 when something in it has to be corrected."""
    context = {"source": source, "form": form, **known}
    return render(request, f"care/{name}.html", context, status=400 if form.errors else 200)


@needs("care")
@sensitive_post_parameters()
def contact_new(request: HttpRequest, source_pk: int) -> HttpResponse:
    """A new entry of the contact log."""
    found = _source(request, source_pk)
    form = ContactForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        row = contacts.write(member_of(request), found, form.entry())
        _say_written(request, row)
        return redirect(found)
    return _page(request, "contact", found, form)


@needs("care")
@sensitive_post_parameters()
def contact(request: HttpRequest, contact_pk: int) -> HttpResponse:
    """Corrects an entry: the new one stands in its place, the old one is shown below it."""
    visible = Contact.objects.visible_to(member_of(request)).select_related("source", "relay")
    old = get_object_or_404(visible, pk=contact_pk)
    form = ContactForm(request.POST or None, initial=contact_as_typed(old))
    if request.method == "POST" and form.is_valid():
        row = contacts.correct(member_of(request), old, form.entry())
        _say_written(request, row)
        return redirect(old.source)
    return _page(request, "contact", old.source, form, contact=old, earlier=_earlier(old))


def _earlier(row: Contact) -> list[Contact]:
    """What stood there before, newest first."""
    found: list[Contact] = []
    before = row.replaces
    while before is not None:
        found.append(before)
        before = before.replaces
    return found


def _say_written(request: HttpRequest, row: Contact) -> None:
    if row.danger_word == "seen" and danger.current(row.source) is not None:
        messages.warning(
            request, _("Written down. The danger word was seen: the source is marked as in danger.")
        )
    else:
        messages.success(request, _("Written down."))


@needs("care")
@sensitive_post_parameters()
def danger_(request: HttpRequest, source_pk: int) -> HttpResponse:
    """Whether a source is in danger, what that freezes, and marking it."""
    found = _source(request, source_pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        danger.mark(member_of(request), found, form.cleaned_data["reason"])
        messages.success(request, _("Marked as in danger. What rests on it is frozen from now on."))
        return redirect("care:danger", source_pk=found.pk)
    return _danger_page(request, found, form)


def _danger_page(request: HttpRequest, found: Source, form: forms.Form) -> HttpResponse:
    now = danger.current(found)
    past = found.dangers.exclude(lifted_at=None).select_related("marked_by")
    waits = now.liftings.filter(agreed=None).select_related("first").first() if now else None
    return _page(
        request, "danger", found, form, danger=now, waits=waits,
        refused=now.liftings.filter(agreed=False).select_related("first", "second") if now else (),
        past=past.prefetch_related("liftings__first", "liftings__second"),
        mine=waits is not None and waits.first_id == member_of(request).pk,
        as_one=two.words_if_one(member_of(request), waits.first) if waits else "",
        resting=showing.resting(member_of(request), found),
    )  # fmt: skip


@needs("lift")
@require_POST
@sensitive_post_parameters()
def propose(request: HttpRequest, source_pk: int) -> HttpResponse:
    """The first of two people proposes to lift."""
    found = _source(request, source_pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _danger_page(request, found, form)
    danger.propose(member_of(request), found, form.cleaned_data["reason"])
    messages.success(
        request, _("Proposed. A second editor has to agree; until then everything stays frozen.")
    )
    return redirect("care:danger", source_pk=found.pk)


@needs("lift")
@require_POST
@sensitive_post_parameters()
def answer(request: HttpRequest, source_pk: int) -> HttpResponse:
    """The second person agrees, or somebody keeps it frozen."""
    found = _source(request, source_pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _danger_page(request, found, form)
    said = member_of(request), found, form.cleaned_data["reason"], number(request, "lifting")
    if request.POST.get("answer") == "agree":
        danger.agree(*said)
        messages.success(request, _("Two people have lifted the danger."))
    else:
        danger.keep_frozen(*said)
        messages.success(request, _("It stays in danger, and frozen."))
    return redirect("care:danger", source_pk=found.pk)


@needs("care")
@sensitive_post_parameters()
def consent_(request: HttpRequest, source_pk: int) -> HttpResponse:
    """What a source agreed to, its history, and writing it anew."""
    found, member = _source(request, source_pk), member_of(request)
    form = ConsentForm(member, request.POST or None, initial=consent_as_typed(consent.newest(found)))
    if request.method == "POST" and form.is_valid():
        consent.write(member, found, form.said())
        messages.success(request, _("The consent is written down."))
        return redirect("care:consent", source_pk=found.pk)
    return _consent_page(request, found, form, _new_withdrawal(request))


def _new_withdrawal(request: HttpRequest) -> WithdrawalForm:
    return WithdrawalForm(member_of(request), initial={"said_on": clock.today()}, auto_id="id_withdraw_%s")


def _consent_page(
    request: HttpRequest, found: Source, form: ConsentForm, taking_back: WithdrawalForm
) -> HttpResponse:
    rows = found.consents.select_related("asked_by", "written_by")
    status = 400 if form.errors or taking_back.errors else 200
    context = {
        "source": found, "form": form, "withdrawal": taking_back, "rows": showing.with_labels(rows),
        "resting": showing.resting(member_of(request), found),
    }  # fmt: skip
    return render(request, "care/consent.html", context, status=status)


@needs("care")
@require_POST
@sensitive_post_parameters()
def withdraw(request: HttpRequest, source_pk: int) -> HttpResponse:
    """The source took its consent back."""
    found, member = _source(request, source_pk), member_of(request)
    form = WithdrawalForm(member, request.POST, auto_id="id_withdraw_%s")
    if not form.is_valid():
        typed = ConsentForm(member, initial=consent_as_typed(consent.newest(found)))
        return _consent_page(request, found, typed, form)
    consent.withdraw(member, found, form.said())
    messages.warning(request, _("Written down as withdrawn. What rests on it is no longer released."))
    return redirect("care:consent", source_pk=found.pk)


@needs("retain")
@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """What is past its day, and what will be soon."""
    member, today = member_of(request), clock.today()
    found = retention.due(member, today)
    more = found.count - len(found.sources) - len(found.reports)
    known = {"due": found, "more": more, "ahead": WARN_DAYS, "days": KEEP_DAYS}
    return render(request, "care/due.html", known)


@needs("retain")
@sensitive_post_parameters()
def keep_source(request: HttpRequest, source_pk: int) -> HttpResponse:
    """Chooses another day for a source."""
    found = _source(request, source_pk)
    return _keep(request, found, found)


@needs("retain")
@sensitive_post_parameters()
def keep_report(request: HttpRequest, report_pk: int) -> HttpResponse:
    """Chooses another day for a report."""
    visible = Report.objects.visible_to(member_of(request)).select_related("source")
    found = get_object_or_404(visible, pk=report_pk)
    tell_apart(member_of(request), [found])
    return _keep(request, found, found.source)


def _keep(request: HttpRequest, row: Source | Report, source: Source) -> HttpResponse:
    now = retention.kept(row, clock.today())
    form = KeepForm(request.POST or None, initial={"until": now.until})
    if request.method == "POST" and form.is_valid():
        retention.keep(member_of(request), row, form.cleaned_data["until"], form.cleaned_data["reason"])
        messages.success(request, _("The date is changed."))
        return redirect(row)
    whose = {"source" if isinstance(row, Source) else "report": row}
    history = KeepUntil.objects.filter(**whose).select_related("set_by")
    return _page(
        request, "keep", source, form, kept=now, row=row, history=history, is_report=isinstance(row, Report)
    )
