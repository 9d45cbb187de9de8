"""Every door of the desk. docs/doors.md says who may pass which; a test compares."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from nightdesk.desk.staff import views as staff

handler400 = "nightdesk.desk.errors.bad_request"
urlpatterns = [
    path("", staff.home, name="home"),
    path("language/", login_not_required(set_language), name="language"),  # the sign-in page speaks both
    path("", include("nightdesk.desk.staff.urls")),
    path("care/", include("nightdesk.desk.care.urls")),
    path("sources/", include("nightdesk.desk.sources.urls")),
    path("arrivals/", include("nightdesk.desk.intake.urls")),
    path("courier/", include("nightdesk.desk.courier.urls")),
    path("reports/", include("nightdesk.desk.reports.urls")),
    path("replies/", include("nightdesk.desk.replies.urls")),
    path("claims/", include("nightdesk.desk.claims.urls")),
    path("stories/", include("nightdesk.desk.stories.urls")),
    path("translation/", include("nightdesk.desk.translation.urls")),
    path("review/", include("nightdesk.desk.review.urls")),
    path("releases/", include("nightdesk.desk.releases.urls")),
    path("record/", include("nightdesk.desk.incidents.urls")),
    path("search/", include("nightdesk.desk.search.urls")),
    path("panic/", include("nightdesk.desk.panic.urls")),
    path("custody/", include("nightdesk.desk.custody.urls")),
]
