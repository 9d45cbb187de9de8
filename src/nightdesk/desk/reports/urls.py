from django.urls import path

from nightdesk.desk.reports import eyes_views, views

app_name = "reports"
urlpatterns = [
    path("", views.list_, name="list"),
    path("<int:pk>/", views.report, name="report"),
    path("<int:pk>/read/", views.read, name="read"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/doubt/", views.doubt, name="doubt"),
    path("<int:pk>/eyes-only/", eyes_views.mark, name="mark_eyes_only"),
    path("<int:pk>/eyes-only/open/", eyes_views.open_, name="open_eyes_only"),
    path("<int:pk>/eyes-only/unmark/", eyes_views.unmark, name="unmark_eyes_only"),
]
