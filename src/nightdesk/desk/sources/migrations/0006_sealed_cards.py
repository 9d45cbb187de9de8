import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

MEMBER = settings.AUTH_USER_MODEL


def wrapped_to(**more):
    return models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=MEMBER, **more)


def number():
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    """Cards are sealed from now on. What stands in the old column stays until a cleared member opens it:
    no key is here while a migration runs, and nobody's key may be guessed at."""

    dependencies = [
        ("sources", "0005_sealed_words"),
        ("staff", "0002_member_key"),
    ]

    operations = [
        migrations.RenameField(model_name="source", old_name="card", new_name="old_card"),
        migrations.AlterField(model_name="source", name="old_card", field=models.TextField(blank=True)),
        migrations.CreateModel(
            name="Card",
            fields=[
                ("id", number()),
                ("version", models.PositiveIntegerField()),
                ("body", models.BinaryField()),
                ("two", models.BooleanField(default=False)),
                ("to_rotate", models.BooleanField(default=False)),
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="card",
                        to="sources.source",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CardKey",
            fields=[
                ("id", number()),
                ("sealed", models.BinaryField()),
                ("member", wrapped_to()),
                ("second", wrapped_to(null=True)),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keys",
                        to="sources.card",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("row", "member", "second"), name="one_wrap_a_pair"),
                    models.UniqueConstraint(
                        condition=models.Q(("second", None)), fields=("row", "member"), name="one_wrap_alone"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("member", models.F("second")), _negated=True), name="two_are_two"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reveal",
            fields=[
                ("id", number()),
                ("session", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=120, verbose_name="reason")),
                ("wish", models.CharField(max_length=10)),
                ("version", models.PositiveIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("handed", models.BinaryField(default=b"")),
                ("opened_at", models.DateTimeField(null=True)),
                ("asks", wrapped_to()),
                ("agrees", wrapped_to(null=True)),
                ("whom", wrapped_to(null=True)),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reveals",
                        to="sources.card",
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
    ]
