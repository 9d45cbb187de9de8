from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("replies", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="boardnumber",
            name="day",
            field=models.DateField(unique=True),
        ),
    ]
