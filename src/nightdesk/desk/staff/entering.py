"""The screens before a session: passphrase, second step, first factor, coming back with two keyholders' words.

Belongs here: reading forms and showing pages. Does not belong here: the steps themselves (signing.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from nightdesk.desk import locking
from nightdesk.desk.errors import DeskError
from nightdesk.desk.staff import (
    browsers,
    devices,
    enrolling,
    passphrases,
    recovering,
    signing,
    tries,
    watching,
)
from nightdesk.desk.staff.forms import CodeForm, HalvesForm, OwnForm, SignInForm, TwiceForm
from nightdesk.desk.unlocking import ready

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member, Recovery

COMING_BACK = "coming_back"  # name in the session: the recovery whose halves were right


def _safe_next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else "/"


def _page(request: HttpRequest, template: str, form: forms.Form, **known: Any) -> HttpResponse:
    """The page with its form; 401 when something in it does not fit, 429 when it came too soon."""
    status = 401 if form.is_bound and form.errors else 200
    answer = render(request, f"staff/{template}.html", {"form": form, **known}, status=status)
    if seconds := getattr(form, "too_soon", 0):
        answer.status_code, answer["Retry-After"] = 429, str(seconds)
    return answer


def _refuse(form: forms.Form, error: DeskError) -> None:
    """The error where the form shows it, so that what was typed stands there still."""
    form.add_error(None, f"{error.what} {error.remedy}")
    if isinstance(error, tries.TooSoon):
        form.too_soon = error.seconds  # type: ignore[attr-defined]  # read by _page


@login_not_required
@sensitive_post_parameters("passphrase")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The first step; the passphrase is never logged nor shown again."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name, passphrase = form.cleaned_data["username"], form.cleaned_data["passphrase"]
        try:
            member = signing.passphrase_fits(request, name, passphrase)
            if member is not None:
                return _go_on(request, member, passphrase, _safe_next(request))
        except DeskError as error:  # too soon, or the desk's own files do not open
            _refuse(form, error)
        else:
            form.add_error(None, _do_not_fit())
    ended = watching.ENDED.get(request.GET.get("ended", ""))
    # After panic the process that was told to end may still answer this: it is as good as locked.
    locked = locking.ending.is_set() or not ready.is_set()
    return _page(request, "sign_in", form, next=_safe_next(request), ended=ended, locked=locked)


def _do_not_fit() -> str:
    """By the state of the desk alone, never by the name: locked, it has no list of names to go by."""
    said = _("That name and passphrase do not fit together. Check both and try again.")
    if ready.is_set():
        return said
    more = _("While the desk is locked, type your name with the capitals it is written with.")
    return f"{said} {more}"


def _go_on(request: HttpRequest, member: Member, passphrase: str, following: str) -> HttpResponse:
    """From the passphrase to the second step, or to the session where the desk asks for none."""
    signing.go_half_way(request, member, following)
    try:
        signing.opened(request, member, passphrase)
    except DeskError:
        signing.turn_back(request)
        raise
    step = signing.next_step(member)
    return redirect(step) if step else _complete(request, member, following)


def _complete(request: HttpRequest, member: Member, following: str) -> HttpResponse:
    failed = signing.complete(request, member)
    if failed:
        said = ngettext(
            "Somebody tried your name in vain %(n)d time since you last signed in. If that was not you, tell a keyholder.",
            "Somebody tried your name in vain %(n)d times since you last signed in. If that was not you, tell a keyholder.",
            failed,
        )
        messages.warning(request, said % {"n": failed})
    answer = HttpResponseRedirect(following)
    devices.remember(request, answer, member.username)
    return answer


def _begin_again(why: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("staff:sign_in") + (f"?ended={why}" if why else ""))


@login_not_required
def second(request: HttpRequest) -> HttpResponse:
    """The second step: a code from the app or a security key. Until it fits, nobody is signed in."""
    was = signing.HALFWAY in request.session
    found = signing.halfway(request)
    if found is None:
        return _begin_again("slow" if was else "")
    if (step := signing.next_step(found.member)) != "staff:second":
        return redirect(step or "staff:first_factor")
    brought_code = request.method == "POST" and not request.POST.get("answer")
    form = CodeForm(request.POST if brought_code else None)
    try:
        if request.method == "POST" and _second_fits(request, found, form):
            return _complete(request, found.member, found.following)
    except tries.TooSoon as error:
        form = form if form.is_bound else CodeForm({"code": ""})
        _refuse(form, error)
    if signing.is_worn_out(request):
        return _begin_again("wrong")
    return _page(request, "second", form, **enrolling.ask(request, found.member))


def _second_fits(request: HttpRequest, found: signing.Halfway, form: CodeForm) -> bool:
    if request.POST.get("answer"):
        if signing.key_fits(request, found, lambda: enrolling.prove(request, found.member)):
            return True
        messages.error(request, _("The security key's answer did not hold."))
        return False
    if form.is_valid() and signing.code_fits(request, found, form.cleaned_data["code"]):
        return True
    form.add_error(None, _("That code does not fit, or it was used already. Wait for the next one."))
    return False


@login_not_required
@sensitive_post_parameters()
def first_passphrase(request: HttpRequest) -> HttpResponse:
    """A member whose passphrase somebody else chose takes another, and gets a key, before the session begins."""
    was = signing.HALFWAY in request.session
    found = signing.halfway(request)
    if found is None:
        return _begin_again("slow" if was else "")
    if not found.member.must_change:
        return redirect(signing.next_step(found.member) or "staff:sign_in")
    form = TwiceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            passphrases.take_own(found.member, said["new"], said["again"])
        except DeskError as error:
            _refuse(form, error)
        else:
            return _go_on(request, found.member, said["new"], found.following)
    return _page(request, "first_passphrase", form, name=found.member.username)


@login_not_required
def first_factor(request: HttpRequest) -> HttpResponse:
    """A member without a factor enrols one before the session begins; one who has a factor must use it."""
    was = signing.HALFWAY in request.session
    found = signing.halfway(request)
    if found is None:
        return _begin_again("slow" if was else "")
    if (step := signing.next_step(found.member)) not in ("staff:first_factor", ""):
        return redirect(step)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            enrolling.take(request, found.member)
            return _complete(request, found.member, found.following)
        except DeskError as error:
            _refuse(form, error)
    return _page(request, "enrol", form, first=True, **enrolling.offer(request, found.member))


@login_not_required
@sensitive_post_parameters()
def recover(request: HttpRequest) -> HttpResponse:
    """A member comes back with what two keyholders said: first their words, then a passphrase."""
    seen = _coming_back(request)
    if seen is not None and "first" not in request.POST:
        return _come_back(request, seen)
    form = HalvesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            device = devices.known(request, said["username"])
            found = recovering.found_by(said["username"], said["first"], said["second"], device)
        except tries.TooSoon as error:
            _refuse(form, error)
        else:
            if found is not None:
                request.session.cycle_key()
                request.session[COMING_BACK] = [found.pk, browsers.mark(watching.header(request))]
                return redirect("staff:recover")
            form.add_error(
                None, _("These do not fit together, or no longer serve. Check them with both keyholders.")
            )
    return _page(request, "recover", form)


def _coming_back(request: HttpRequest) -> Recovery | None:
    """The recovery whose halves were given in this browser, while it still serves."""
    pk, browser = request.session.get(COMING_BACK, (0, ""))
    if not constant_time_compare(browser, browsers.mark(watching.header(request))):
        return None
    return recovering.waiting().exclude(second=None).filter(pk=pk).first()


def _come_back(request: HttpRequest, seen: Recovery) -> HttpResponse:
    only_factor = seen.lost == "factor"
    form = (OwnForm if only_factor else TwiceForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        passphrase = said["old"] if only_factor else said["new"]
        try:
            guess = tries.begin("coming back", seen.member.username)
            member = recovering.use(seen, passphrase, said.get("again", passphrase))
        except tries.TooSoon as error:
            _refuse(form, error)
        except DeskError as error:
            guess.wrong()
            _refuse(form, error)
        else:
            guess.right()
            request.session.pop(COMING_BACK, None)
            return _go_on(request, member, passphrase, "/")
    return _page(request, "come_back", form, lost=seen.lost, name=seen.member.username)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    signing.turn_back(request)
    return redirect(f"{reverse('staff:sign_in')}?ended=out")
