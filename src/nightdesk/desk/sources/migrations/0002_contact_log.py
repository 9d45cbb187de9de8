import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

WORDS = [("not asked", "not asked"), ("not seen", "not seen"), ("seen", "seen")]


def carry_over(apps, schema_editor):
    """What was said of safety becomes what is said of the danger word: it was safe, so the word was not seen."""
    contacts = apps.get_model("sources", "Contact").objects
    contacts.filter(safe=True).update(danger_word="not seen")
    contacts.filter(safe=False).update(danger_word="seen")


def back(apps, schema_editor):
    contacts = apps.get_model("sources", "Contact").objects
    contacts.filter(danger_word="not seen").update(safe=True)
    contacts.filter(danger_word="seen").update(safe=False)


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="danger_word",
            field=models.CharField(
                choices=WORDS, default="not asked", max_length=10, verbose_name="danger word"
            ),
        ),
        migrations.RunPython(carry_over, back),
        migrations.RemoveField(model_name="contact", name="safe"),
        migrations.AddField(
            model_name="contact",
            name="next_on",
            field=models.DateField(blank=True, db_index=True, null=True, verbose_name="next contact"),
        ),
        migrations.AddField(
            model_name="contact",
            name="next_window",
            field=models.CharField(blank=True, max_length=40, verbose_name="its window"),
        ),
        migrations.AddField(
            model_name="contact",
            name="replaces",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="replaced_by",
                to="sources.contact",
            ),
        ),
        migrations.AddField(model_name="contact", name="replaced_at", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="contact", name="written_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="contact",
            name="written_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
