from django.urls import path

from nightdesk.desk.sources import card_views, views

app_name = "sources"
urlpatterns = [
    path("", views.list_, name="list"),
    path("new/", views.make, name="make"),
    path("<int:pk>/", views.source, name="source"),
    path("<int:pk>/grade/", views.grade, name="grade"),
    path("<int:pk>/clear/", views.clear, name="clear"),
    path("<int:pk>/unclear/", views.unclear, name="unclear"),
    path("<int:pk>/card/", card_views.card, name="card"),
    path("<int:pk>/card/write/", card_views.write, name="write_card"),
    path("<int:pk>/card/give/", card_views.give, name="give_card"),
    path("<int:pk>/card/two/", card_views.two, name="card_needs_two"),
    path("<int:pk>/card/ask/", card_views.ask, name="ask_card"),
    path("<int:pk>/card/answer/", card_views.answer, name="answer_card"),
    path("<int:pk>/card/take-back/", card_views.take_back, name="take_back_card"),
]
