from django.urls import path

from nightdesk.desk.replies import views

app_name = "replies"
urlpatterns = [
    path("to/<int:pk>/", views.reply, name="reply"),
    path("<int:pk>/off/", views.take_off, name="take_off"),
]
