"""The days of which films are to be made are read by day and centre."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monitoring', '0007_halls'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(fields=['day', 'centre'], name='monitoring_visit_films'),
        ),
        migrations.RemoveIndex(model_name='visit', name='monitoring_visit_age'),
    ]
