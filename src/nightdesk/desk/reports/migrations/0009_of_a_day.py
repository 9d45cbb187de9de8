"""An index by source and day: every page that names reports asks which share both."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0008_own_terms")]

    operations = [
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["source", "contact_on"], name="reports_of_a_day"),
        ),
    ]
