from django.urls import path

from nightdesk.desk.sources import views

app_name = "sources"
urlpatterns = [
    path("", views.list_, name="list"),
    path("new/", views.make, name="make"),
    path("<int:pk>/", views.source, name="source"),
    path("<int:pk>/grade/", views.grade, name="grade"),
    path("<int:pk>/clear/", views.clear, name="clear"),
    path("<int:pk>/unclear/", views.unclear, name="unclear"),
    path("<int:pk>/card/", views.card, name="card"),
    path("<int:pk>/card/write/", views.write_card, name="write_card"),
]
