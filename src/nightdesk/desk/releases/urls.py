from django.urls import path

from nightdesk.desk.releases import hold_views, views

app_name = "releases"
urlpatterns = [
    path("", views.stories, name="list"),
    path("press/", views.press, name="press"),
    path("<int:pk>/", views.story, name="story"),
    path("<int:pk>/release/", views.release, name="release"),
    path("<int:pk>/schedule/", views.schedule, name="schedule"),
    path("<int:pk>/unschedule/", views.unschedule, name="unschedule"),
    path("<int:pk>/seen-unscheduled/", views.seen_unscheduled, name="seen_unscheduled"),
    path("<int:pk>/hold/", hold_views.hold, name="hold"),
    path("<int:pk>/unhold/", hold_views.unhold, name="unhold"),
    path("<int:pk>/seen-unheld/", hold_views.seen_unheld, name="seen_unheld"),
    path("<int:pk>/correct/", views.correct, name="correct"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/give-up/", views.give_up, name="give_up"),
    path("<int:pk>/preview/build/", views.preview, name="preview_build"),
    path("<int:pk>/preview/", views.show_preview, name="preview"),
    path("<int:pk>/preview/pages/<path:path>", views.preview_file, name="preview_file"),
]
