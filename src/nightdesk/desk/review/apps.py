from typing import Any

from django.apps import AppConfig
from django.db.models.signals import pre_delete


class Config(AppConfig):
    name = "nightdesk.desk.review"
    label = "review"

    def ready(self) -> None:
        """The words of a version leave the counts with it, whoever deletes it."""
        pre_delete.connect(_forget, sender="review.RememberedWording")


def _forget(instance: Any, **_said: Any) -> None:
    from nightdesk.desk.review import printed

    printed.forget(instance.release_id)
