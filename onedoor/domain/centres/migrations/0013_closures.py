"""A centre can be closed out of turn; whether it is changes the stamp of what every ticket asks."""

import django.db.models.deletion
import onedoor.kernel.aggregate
import onedoor.kernel.ids
from django.db import migrations, models

from onedoor.kernel.mirrors.reference import stamping


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0003_origin'),
        ('centres', '0012_days_in_lieu'),
    ]

    operations = [
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.UUIDField(default=onedoor.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('owner', models.UUIDField(editable=False)),
                ('epoch', models.PositiveIntegerField(default=1, editable=False)),
                ('version', models.PositiveBigIntegerField(default=1, editable=False)),
                ('kind', models.CharField(max_length=10)),
                ('since', models.DateTimeField()),
                ('last_day', models.DateField()),
                ('reason', models.JSONField(default=dict)),
                ('ended_at', models.DateTimeField(null=True)),
                ('centre', onedoor.kernel.aggregate.Reference(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.unit')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['centre', 'last_day'], name='centres_closed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['evening', 'unplanned'])), name='centres_closure_kind'), models.CheckConstraint(condition=models.Q(('kind', 'unplanned'), ('reason', {}), _negated=True), name='centres_closed_for_a_reason')],
            },
        ),
        *stamping("centres_closure"),
    ]
