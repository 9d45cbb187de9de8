from django.apps import AppConfig


class BackupConfig(AppConfig):
    name = "nightdesk.desk.backup"
