"""What kiosks told; a name may have two hundred signs."""

import onedoor.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('queue', '0050_watches'),
    ]

    operations = [
        migrations.AlterField(
            model_name='appointment',
            name='name',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name='help',
            name='helper_name',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
        migrations.AlterField(
            model_name='ticket',
            name='name',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
        migrations.CreateModel(
            name='Kiosk',
            fields=[
                ('id', models.UUIDField(default=onedoor.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('owner', models.UUIDField(editable=False)),
                ('epoch', models.PositiveIntegerField(default=1, editable=False)),
                ('version', models.PositiveBigIntegerField(default=1, editable=False)),
                ('centre_id', models.UUIDField()),
                ('device', models.UUIDField()),
                ('out_since', models.DateTimeField(null=True)),
                ('flooded_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['centre_id'], name='queue_kiosks_of_centre')],
                'constraints': [models.UniqueConstraint(fields=('device',), name='queue_one_state_a_kiosk')],
            },
        ),
    ]
