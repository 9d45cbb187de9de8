from django.urls import path

from nightdesk.desk.incidents import views

app_name = "incidents"
urlpatterns = [
    path("", views.record, name="record"),
    path("csv/", views.download, name="csv"),
    path("code/", views.code, name="code"),
    path("campaign/", views.assign, name="assign"),
]
