from django.urls import path

from nightdesk.desk.staff import views

app_name = "staff"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("members/", views.members, name="members"),
]
