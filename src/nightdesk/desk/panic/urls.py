from django.urls import path

from nightdesk.desk.panic import views

app_name = "panic"
urlpatterns = [
    path("", views.page, name="page"),
    path("lock/", views.lock, name="lock"),
    path("destroy/", views.destroy, name="destroy"),
]
