from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0001_initial")]
    operations = [migrations.AddField("story", "first_released_on", models.DateField(null=True))]
