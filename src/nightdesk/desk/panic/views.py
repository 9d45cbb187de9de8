"""The panic screen, the lock without a question, and the destruction with one."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from nightdesk.desk.panic import actions, files
from nightdesk.desk.staff.asking import member_of

MOST_TYPED = 80
CLEAR = '"cache", "storage"'  # asks the browser to forget what it drew; cookies end with their secret


def page(request: HttpRequest) -> HttpResponse:
    """What panic does, what it cannot do, and the form that destroys."""
    return _page(request)


def _page(request: HttpRequest, mistyped: str | None = None) -> HttpResponse:
    directory = settings.NIGHTDESK_DIR
    known = {
        "word": _shown(files.to_type(directory)), "has_shares": files.has_shares(directory), "mistyped": mistyped,
    }  # fmt: skip
    return render(request, "panic/page.html", known, status=200 if mistyped is None else 400)


def _shown(word: str) -> str:
    """What the page asks to be typed: a word of its own language; either is taken."""
    return files.IN_KOREAN[word] if get_language() == "ko" else word


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Locks at once. No confirmation: a lock taken back costs a passphrase, one too late costs people."""
    actions.lock(member_of(request))
    return _gone()


@require_POST
def destroy(request: HttpRequest) -> HttpResponse:
    """Destroys the sealed keys when the word was typed, and locks; else the page says so beside the field, at once."""
    wanted = files.to_type(settings.NIGHTDESK_DIR)
    typed = request.POST.get("word", "")
    if " ".join(typed.split()).lower() not in (wanted, files.IN_KOREAN[wanted]):
        return _page(request, typed[:MOST_TYPED])
    actions.destroy(member_of(request))
    return _gone()


def _gone() -> HttpResponse:
    """Back to the sign-in page, and nothing behind the Back button. The session ends with its secret."""
    answer = redirect("staff:sign_in")
    answer.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Strict")
    answer["Clear-Site-Data"] = CLEAR
    return answer
