from django.urls import path

from nightdesk.desk.care import purge_views, views

app_name = "care"
urlpatterns = [
    path("due/", views.due, name="due"),
    path("source/<int:source_pk>/contact/", views.contact_new, name="contact_new"),
    path("contact/<int:contact_pk>/", views.contact, name="contact"),
    path("source/<int:source_pk>/danger/", views.danger_, name="danger"),
    path("source/<int:source_pk>/danger/propose/", views.propose, name="propose"),
    path("source/<int:source_pk>/danger/answer/", views.answer, name="answer"),
    path("source/<int:source_pk>/consent/", views.consent_, name="consent"),
    path("source/<int:source_pk>/consent/withdraw/", views.withdraw, name="withdraw"),
    path("source/<int:source_pk>/keep/", views.keep_source, name="keep_source"),
    path("report/<int:report_pk>/keep/", views.keep_report, name="keep_report"),
    path("source/<int:source_pk>/purge/", purge_views.purge_source, name="purge_source"),
    path("report/<int:report_pk>/purge/", purge_views.purge_report, name="purge_report"),
    path("purge/answer/", purge_views.answer, name="purge_answer"),
    path("purged/", purge_views.purged, name="purged"),
]
