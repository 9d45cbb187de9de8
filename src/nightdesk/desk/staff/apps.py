from django.apps import AppConfig


class Config(AppConfig):
    name = "nightdesk.desk.staff"
    label = "staff"

    def ready(self) -> None:
        """Django's one notice of a sign-in: whoever begins a session, it is bound to its browser."""
        from django.contrib.auth.signals import user_logged_in

        from nightdesk.desk.staff.watching import bind

        user_logged_in.connect(bind, dispatch_uid="bind a session to its browser")
