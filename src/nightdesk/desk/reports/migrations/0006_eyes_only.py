import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def number():
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0005_sealed_words"),
        ("staff", "0002_member_key"),
    ]

    operations = [
        migrations.AddField(model_name="report", name="eyes_only", field=models.BooleanField(default=False)),
        migrations.CreateModel(
            name="SealedWords",
            fields=[
                ("id", number()),
                ("version", models.PositiveIntegerField()),
                ("body", models.BinaryField()),
                ("to_rotate", models.BooleanField(default=False)),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sealed_words",
                        to="reports.report",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WordsKey",
            fields=[
                ("id", number()),
                ("sealed", models.BinaryField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keys",
                        to="reports.sealedwords",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("row", "member"), name="one_wrap_a_member")],
            },
        ),
    ]
