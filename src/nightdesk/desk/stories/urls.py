from django.urls import path

from nightdesk.desk.stories import aside, attaching, history, picturing, reading, saving, teaching, views

app_name = "stories"
urlpatterns = [
    path("", views.stories, name="list"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.story, name="story"),
    path("<int:pk>/heading/", saving.heading, name="heading"),
    path("<int:pk>/heading/autosave/", saving.autosave_heading, name="autosave_heading"),
    path("<int:pk>/autosave/", saving.autosave, name="autosave"),
    path("<int:pk>/typed/", reading.typed, name="typed"),
    path("<int:pk>/correct/", teaching.correct, name="correct"),
    path("terms/<int:pk>/aside/", teaching.aside, name="term_aside"),
    path("<int:pk>/drop/", saving.drop, name="drop"),
    path("<int:pk>/add/", views.add, name="add"),
    path("<int:pk>/put-back/", views.put_back, name="put_back"),
    path("<int:pk>/hand-over/", views.hand_over, name="hand_over"),
    path("<int:pk>/set-aside/", aside.put_aside, name="set_aside"),
    path("<int:pk>/take-back/", aside.fetch, name="take_back"),
    path("<int:pk>/photo/", picturing.place, name="photo"),
    path("<int:pk>/photo/remove/", picturing.remove, name="photo_remove"),
    path("<int:pk>/photo/image/", picturing.image, name="photo_image"),
    path("<int:pk>/file/", attaching.place, name="file"),
    path("<int:pk>/file/remove/", attaching.remove, name="file_remove"),
    path("<int:pk>/file/get/", attaching.file, name="file_get"),
    path("<int:pk>/versions/", history.versions, name="versions"),
    path("<int:pk>/versions/<int:version_pk>/", history.version, name="version"),
    path("<int:pk>/versions/<int:version_pk>/restore/", history.restore, name="restore"),
    path("paragraph/<int:pk>/", saving.save, name="save"),
    path("paragraph/<int:pk>/move/", views.move, name="move"),
    path("paragraph/<int:pk>/remove/", views.remove, name="remove"),
    path("paragraph/<int:pk>/claims/", views.claims, name="claims"),
    path("paragraph/<int:pk>/attach/", views.attach, name="attach"),
    path("paragraph/<int:pk>/detach/", views.detach, name="detach"),
]
