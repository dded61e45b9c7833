"""What an applicant wrote into her returned application and has not sent yet."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0050_errands'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptCorrection',
            fields=[
                ('case_id', models.UUIDField(primary_key=True, serialize=False)),
                ('version', models.PositiveBigIntegerField()),
                ('data', models.JSONField(default=dict)),
                ('kept_at', models.DateTimeField(db_index=True)),
            ],
        ),
    ]
