from django.urls import path

from nightdesk.desk.reports import eyes_views, term_views, views

app_name = "reports"
urlpatterns = [
    path("", views.list_, name="list"),
    path("terms/", term_views.list_, name="terms"),
    path("terms/<int:pk>/", term_views.term, name="term"),
    path("terms/<int:pk>/aside/", term_views.aside, name="term_aside"),
    path("typed/", term_views.typed, name="typed"),
    path("<int:pk>/teach/", term_views.teach, name="teach"),
    path("<int:pk>/", views.report, name="report"),
    path("<int:pk>/read/", views.read, name="read"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/doubt/", views.doubt, name="doubt"),
    path("<int:pk>/eyes-only/", eyes_views.mark, name="mark_eyes_only"),
    path("<int:pk>/eyes-only/open/", eyes_views.open_, name="open_eyes_only"),
    path("<int:pk>/eyes-only/unmark/", eyes_views.unmark, name="unmark_eyes_only"),
]
