from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0007_photo_taken"),
    ]

    operations = [
        migrations.AddField(
            model_name="story",
            name="set_aside_at",
            field=models.DateTimeField(null=True),
        ),
    ]
