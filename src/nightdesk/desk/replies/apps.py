from django.apps import AppConfig


class Config(AppConfig):
    name = "nightdesk.desk.replies"
    label = "replies"
