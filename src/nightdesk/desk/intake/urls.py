from django.urls import path

from nightdesk.desk.intake import views

app_name = "intake"
urlpatterns = [
    path("", views.arrivals, name="arrivals"),
    path("collect/", views.collect, name="collect"),
    path("open/", views.open_all, name="open"),
    path("log/", views.log, name="log"),
    path("<int:pk>/set-aside/", views.set_aside, name="set_aside"),
    path("<int:pk>/take-back/", views.take_back, name="take_back"),
    path("<int:pk>/try-again/", views.try_again, name="try_again"),
]
