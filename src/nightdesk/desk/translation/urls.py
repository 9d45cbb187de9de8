from django.urls import path

from nightdesk.desk.translation import views

app_name = "translation"
urlpatterns = [
    path("", views.stories, name="list"),
    path("<int:pk>/", views.story, name="story"),
    path("<int:pk>/heading/", views.heading, name="heading"),
    path("<int:pk>/heading/autosave/", views.autosave_heading, name="autosave_heading"),
    path("<int:pk>/heading/keep/", views.keep_heading, name="keep_heading"),
    path("<int:pk>/autosave/", views.autosave, name="autosave"),
    path("<int:pk>/typed/", views.typed, name="typed"),
    path("<int:pk>/drop/", views.drop, name="drop"),
    path("paragraph/<int:pk>/", views.translate, name="translate"),
    path("paragraph/<int:pk>/keep/", views.keep, name="keep"),
    path("glossary/", views.glossary, name="glossary"),
    path("glossary/<int:pk>/", views.term, name="term"),
    path("glossary/<int:pk>/remove/", views.remove_term, name="remove_term"),
]
