from django.urls import path

from nightdesk.desk.courier import views

app_name = "courier"
urlpatterns = [
    path("", views.courier, name="courier"),
    path("prepare/", views.prepare, name="prepare"),
]
