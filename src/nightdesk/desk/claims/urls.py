from django.urls import path

from nightdesk.desk.claims import deciding, views

app_name = "claims"
urlpatterns = [
    path("", views.list_, name="list"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.claim, name="claim"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/remove/", views.remove, name="remove"),
    path("<int:pk>/status/", views.status, name="status"),
    path("<int:pk>/grade/", views.grade, name="grade"),
    path("event/<int:pk>/", views.event, name="event"),
    path("account/<int:pk>/split/", views.split, name="split"),
    path("account/<int:pk>/join/", views.join, name="join"),
    path("account/<int:pk>/judge/", deciding.judge, name="judge"),
    path("judgement/<int:judgement_pk>/take-back/", deciding.take_back, name="take_back"),
    path("suggestions/", deciding.suggested, name="suggestions"),
    path("corroborate/", views.corroborate, name="corroborate"),
]
