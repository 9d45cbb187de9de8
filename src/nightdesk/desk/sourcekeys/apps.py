from django.apps import AppConfig


class Config(AppConfig):
    name = "nightdesk.desk.sourcekeys"
    label = "sourcekeys"
