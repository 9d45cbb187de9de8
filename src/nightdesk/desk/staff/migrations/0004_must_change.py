from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0003_signing_in"),
    ]

    operations = [
        migrations.AddField(
            model_name="member",
            name="must_change",
            field=models.BooleanField(default=False),
        ),
    ]
