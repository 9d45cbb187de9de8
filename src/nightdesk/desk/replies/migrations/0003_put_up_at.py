from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("replies", "0002_one_number_a_day"),
    ]

    operations = [
        migrations.AddField(
            model_name="reply",
            name="put_up_at",
            field=models.DateTimeField(null=True),
        ),
    ]
