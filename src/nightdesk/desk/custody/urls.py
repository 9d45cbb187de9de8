from django.urls import path

from nightdesk.desk.custody import views

app_name = "custody"
urlpatterns = [
    path("audit/", views.audit, name="audit"),
    path("report/<int:pk>/", views.log, name="log"),
]
