from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("custody", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="custodyentry",
            name="token",
            field=models.CharField(blank=True, max_length=32, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="custodyentry", name="sealed", field=models.BinaryField(default=bytes)
        ),
        migrations.AlterField(model_name="custodyentry", name="at", field=models.DateTimeField(null=True)),
    ]
