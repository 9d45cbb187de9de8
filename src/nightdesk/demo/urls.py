"""The desk's doors, and one more: the step of the demo's clock."""

from __future__ import annotations

from django.urls import path

from nightdesk.demo import steps
from nightdesk.desk.urls import urlpatterns as desk

urlpatterns = [*desk, path("demo/step/", steps.step, name="demo_step")]
