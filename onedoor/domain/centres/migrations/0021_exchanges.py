"""Exchanges of shifts: who asks to take one waits for the head."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import onedoor.kernel.aggregate


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0003_origin'),
        ('centres', '0014_virtual_counters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='shift',
            name='taker',
            field=onedoor.kernel.aggregate.Reference(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.CheckConstraint(condition=models.Q(('taker', None), ('offered', True), _connector='OR'), name='centres_shift_asked_for_is_offered'),
        ),
    ]
