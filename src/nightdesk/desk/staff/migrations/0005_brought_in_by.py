import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Whoever works here already counts as vouched for: the desk does not know who added whom."""

    dependencies = [
        ("staff", "0004_must_change"),
    ]

    operations = [
        migrations.AddField(
            model_name="member",
            name="brought_in_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
