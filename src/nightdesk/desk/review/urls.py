from django.urls import path

from nightdesk.desk.review import statemedia, tables, views

app_name = "review"
urlpatterns = [
    path("", views.stories, name="list"),
    path("tables/", tables.tables, name="tables"),
    path("tables/bring/", tables.bring, name="table_bring"),
    path("tables/<slug:kind>/add/", tables.add, name="table_add"),
    path("tables/<slug:kind>/<int:pk>/", tables.edit, name="table_edit"),
    path("tables/<slug:kind>/<int:pk>/remove/", tables.remove, name="table_remove"),
    path("state-media/", statemedia.said, name="state_media"),
    path("state-media/add/", statemedia.add, name="state_media_add"),
    path("state-media/bring/", statemedia.bring, name="state_media_bring"),
    path("state-media/<int:pk>/", statemedia.edit, name="state_media_edit"),
    path("state-media/<int:pk>/remove/", statemedia.remove, name="state_media_remove"),
    path("<int:pk>/", views.story, name="story"),
    path("<int:pk>/again/", views.again, name="again"),
    path("<int:pk>/keep/", views.keep, name="keep"),
    path("<int:pk>/second/", views.second, name="second"),
    path("<int:pk>/undo/", views.undo, name="undo"),
    path("<int:pk>/generalise/", views.generalise, name="generalise"),
    path("<int:pk>/clear/", views.clear, name="clear"),
    path("<int:pk>/still-fits/", views.still_fits, name="still_fits"),
    path("<int:pk>/address/", views.address, name="address"),
    path("<int:pk>/record/", views.for_record, name="for_record"),
]
