from django.urls import path

from nightdesk.desk.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.list_, name="list"),
    path("<int:pk>/", views.report, name="report"),
    path("<int:pk>/read/", views.read, name="read"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/doubt/", views.doubt, name="doubt"),
]
