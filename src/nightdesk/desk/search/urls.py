from django.urls import path

from nightdesk.desk.search import views

app_name = "search"
urlpatterns = [path("", views.results, name="results")]
