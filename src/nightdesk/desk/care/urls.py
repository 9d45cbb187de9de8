from django.urls import path

from nightdesk.desk.care import views

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
]
