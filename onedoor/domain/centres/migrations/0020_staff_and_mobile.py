"""Staff and mobile units: shifts, sittings, skills, checklists, helpers and duties; stops, their reports and requests."""

import django.db.models.deletion
import onedoor.kernel.aggregate
import onedoor.kernel.ids
from django.conf import settings
from django.db import migrations, models

from onedoor.kernel.mirrors.reference import stamping


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0003_origin'),
        ('centres', '0013_closures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CheckEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=40)),
                ('fine', models.BooleanField()),
                ('by', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
                ('note', models.CharField(blank=True, max_length=300)),
                ('value', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Checklist',
            fields=[
                ('id', models.UUIDField(default=onedoor.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('owner', models.UUIDField(editable=False)),
                ('epoch', models.PositiveIntegerField(default=1, editable=False)),
                ('version', models.PositiveBigIntegerField(default=1, editable=False)),
                ('day', models.DateField()),
                ('phase', models.CharField(max_length=10)),
                ('signed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ChecklistItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phase', models.CharField(max_length=10)),
                ('code', models.CharField(max_length=40)),
                ('name', models.JSONField()),
                ('measure', models.CharField(blank=True, max_length=10)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='ChecklistPlan',
            fields=[
                ('id', models.UUIDField(default=onedoor.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('owner', models.UUIDField(editable=False)),
                ('epoch', models.PositiveIntegerField(default=1, editable=False)),
                ('version', models.PositiveBigIntegerField(default=1, editable=False)),
                ('source', models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.UUIDField(default=onedoor.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('owner', models.UUIDField(editable=False)),
                ('epoch', models.PositiveIntegerField(default=1, editable=False)),
                ('version', models.PositiveBigIntegerField(default=1, editable=False)),
                ('day', models.DateField()),
                ('starts', models.TimeField()),
                ('ends', models.TimeField()),
                ('place', models.CharField(max_length=20)),
                ('cancelled', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Helper',
            fields=[
                ('id', models.UUIDField(default=onedoor.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('owner', models.UUIDField(editable=False)),
                ('epoch', models.PositiveIntegerField(default=1, editable=False)),
                ('version', models.PositiveBigIntegerField(default=1, editable=False)),
                ('kind', models.CharField(max_length=10)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('phone', models.BinaryField(null=True)),
                ('languages', models.JSONField(default=list)),
                ('trained_on', models.DateField(null=True)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(null=True)),
                ('consent_on', models.DateField()),
                ('forgotten_on', models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Shift',
            fields=[
                ('id', models.UUIDField(default=onedoor.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('owner', models.UUIDField(editable=False)),
                ('epoch', models.PositiveIntegerField(default=1, editable=False)),
                ('version', models.PositiveBigIntegerField(default=1, editable=False)),
                ('day', models.DateField()),
                ('starts', models.TimeField()),
                ('ends', models.TimeField()),
                ('breaks', models.JSONField(default=list)),
                ('offered', models.BooleanField(default=False)),
                ('cancelled', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Sitting',
            fields=[
                ('id', models.UUIDField(default=onedoor.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('owner', models.UUIDField(editable=False)),
                ('epoch', models.PositiveIntegerField(default=1, editable=False)),
                ('version', models.PositiveBigIntegerField(default=1, editable=False)),
                ('day', models.DateField()),
                ('began_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('break_from', models.DateTimeField(null=True)),
                ('break_until', models.DateTimeField(null=True)),
                ('breaks', models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name='Skill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('value', models.CharField(max_length=40)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(null=True)),
            ],
            options={
                'ordering': ['kind', 'value', 'valid_from'],
            },
        ),
        migrations.CreateModel(
            name='SkillSet',
            fields=[
                ('id', models.UUIDField(default=onedoor.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('owner', models.UUIDField(editable=False)),
                ('epoch', models.PositiveIntegerField(default=1, editable=False)),
                ('version', models.PositiveBigIntegerField(default=1, editable=False)),
            ],
        ),
        migrations.CreateModel(
            name='Stop',
            fields=[
                ('id', models.UUIDField(default=onedoor.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('owner', models.UUIDField(editable=False)),
                ('epoch', models.PositiveIntegerField(default=1, editable=False)),
                ('version', models.PositiveBigIntegerField(default=1, editable=False)),
                ('village', models.CharField(max_length=200)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('day', models.DateField()),
                ('opens', models.TimeField()),
                ('closes', models.TimeField()),
                ('services', models.JSONField()),
                ('capacity', models.PositiveIntegerField()),
                ('state', models.CharField(max_length=10)),
                ('announced_on', models.DateField(null=True)),
                ('reason', models.JSONField(default=dict)),
                ('on_holiday', models.BooleanField(default=False)),
                ('demonstration', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='StopReport',
            fields=[
                ('id', models.UUIDField(default=onedoor.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('owner', models.UUIDField(editable=False)),
                ('epoch', models.PositiveIntegerField(default=1, editable=False)),
                ('version', models.PositiveBigIntegerField(default=1, editable=False)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('people', models.PositiveIntegerField(null=True)),
                ('services', models.JSONField(default=dict)),
                ('cases', models.PositiveIntegerField(null=True)),
                ('cash', models.BigIntegerField(null=True)),
                ('wait_minutes', models.PositiveIntegerField(null=True)),
                ('kilometres', models.PositiveIntegerField(null=True)),
                ('unmet', models.PositiveIntegerField(null=True)),
                ('note', models.CharField(blank=True, max_length=1000)),
            ],
        ),
        migrations.CreateModel(
            name='StopRequest',
            fields=[
                ('id', models.UUIDField(default=onedoor.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('owner', models.UUIDField(editable=False)),
                ('epoch', models.PositiveIntegerField(default=1, editable=False)),
                ('version', models.PositiveBigIntegerField(default=1, editable=False)),
                ('village', models.CharField(max_length=200)),
                ('village_key', models.CharField(max_length=200)),
                ('services', models.JSONField()),
                ('people', models.PositiveIntegerField()),
                ('asked_on', models.DateField()),
                ('asker', models.BinaryField(default=bytes, max_length=32)),
                ('phone', models.BinaryField(null=True)),
                ('language', models.CharField(blank=True, max_length=10)),
                ('demonstration', models.BooleanField(default=False)),
            ],
        ),
        migrations.AddField(
            model_name='centre',
            name='kind',
            field=models.CharField(db_default='fixed', default='fixed', max_length=10),
        ),
        migrations.AddField(
            model_name='counterstate',
            name='back_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name='centre',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['fixed', 'mobile'])), name='centres_kind'),
        ),
        migrations.AddField(
            model_name='checklist',
            name='centre',
            field=onedoor.kernel.aggregate.Reference(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.unit'),
        ),
        migrations.AddField(
            model_name='checklist',
            name='signed_by',
            field=onedoor.kernel.aggregate.Reference(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='checkentry',
            name='checklist',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='centres.checklist'),
        ),
        migrations.AddField(
            model_name='checklistplan',
            name='unit',
            field=onedoor.kernel.aggregate.Reference(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.unit'),
        ),
        migrations.AddField(
            model_name='checklistitem',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='centres.checklistplan'),
        ),
        migrations.AddField(
            model_name='duty',
            name='centre',
            field=onedoor.kernel.aggregate.Reference(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.unit'),
        ),
        migrations.AddField(
            model_name='helper',
            name='centre',
            field=onedoor.kernel.aggregate.Reference(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.unit'),
        ),
        migrations.AddField(
            model_name='duty',
            name='helper',
            field=onedoor.kernel.aggregate.Reference(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='centres.helper'),
        ),
        migrations.AddField(
            model_name='shift',
            name='centre',
            field=onedoor.kernel.aggregate.Reference(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.unit'),
        ),
        migrations.AddField(
            model_name='shift',
            name='counter',
            field=onedoor.kernel.aggregate.Reference(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='centres.counter'),
        ),
        migrations.AddField(
            model_name='shift',
            name='officer',
            field=onedoor.kernel.aggregate.Reference(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sitting',
            name='centre',
            field=onedoor.kernel.aggregate.Reference(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.unit'),
        ),
        migrations.AddField(
            model_name='sitting',
            name='counter',
            field=onedoor.kernel.aggregate.Reference(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='centres.counter'),
        ),
        migrations.AddField(
            model_name='sitting',
            name='officer',
            field=onedoor.kernel.aggregate.Reference(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='skillset',
            name='centre',
            field=onedoor.kernel.aggregate.Reference(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.unit'),
        ),
        migrations.AddField(
            model_name='skillset',
            name='officer',
            field=onedoor.kernel.aggregate.Reference(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='skill',
            name='skills',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='centres.skillset'),
        ),
        migrations.AddField(
            model_name='stop',
            name='centre',
            field=onedoor.kernel.aggregate.Reference(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.unit'),
        ),
        migrations.AddField(
            model_name='stop',
            name='district',
            field=onedoor.kernel.aggregate.Reference(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.unit'),
        ),
        migrations.AddField(
            model_name='stopreport',
            name='centre',
            field=onedoor.kernel.aggregate.Reference(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.unit'),
        ),
        migrations.AddField(
            model_name='stopreport',
            name='stop',
            field=onedoor.kernel.aggregate.Reference(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='centres.stop'),
        ),
        migrations.AddField(
            model_name='stoprequest',
            name='district',
            field=onedoor.kernel.aggregate.Reference(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.unit'),
        ),
        migrations.AddField(
            model_name='stoprequest',
            name='stop',
            field=onedoor.kernel.aggregate.Reference(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='centres.stop'),
        ),
        migrations.AddConstraint(
            model_name='checklist',
            constraint=models.UniqueConstraint(fields=('centre', 'day', 'phase'), name='centres_one_checklist_a_day_and_phase'),
        ),
        migrations.AddConstraint(
            model_name='checklist',
            constraint=models.CheckConstraint(condition=models.Q(('phase__in', ('opening', 'closing'))), name='centres_checklist_phase'),
        ),
        migrations.AddConstraint(
            model_name='checkentry',
            constraint=models.UniqueConstraint(fields=('checklist', 'item'), name='centres_one_entry_an_item'),
        ),
        migrations.AddConstraint(
            model_name='checklistplan',
            constraint=models.UniqueConstraint(fields=('unit',), name='centres_one_checklist_a_unit'),
        ),
        migrations.AddConstraint(
            model_name='checklistitem',
            constraint=models.UniqueConstraint(fields=('plan', 'phase', 'code'), name='centres_one_item_a_phase'),
        ),
        migrations.AddConstraint(
            model_name='checklistitem',
            constraint=models.CheckConstraint(condition=models.Q(('phase__in', ('opening', 'closing'))), name='centres_item_phase'),
        ),
        migrations.AddConstraint(
            model_name='checklistitem',
            constraint=models.CheckConstraint(condition=models.Q(('measure__in', ('', 'float', 'link', 'clock'))), name='centres_item_measure'),
        ),
        migrations.AddIndex(
            model_name='helper',
            index=models.Index(condition=models.Q(('forgotten_on', None)), fields=['centre'], name='centres_helpers'),
        ),
        migrations.AddConstraint(
            model_name='helper',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('greeter', 'volunteer'))), name='centres_helper_kind'),
        ),
        migrations.AddConstraint(
            model_name='helper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('forgotten_on', None), models.Q(('name', ''), _negated=True)), models.Q(('forgotten_on__isnull', False), ('name', ''), ('phone', None)), _connector='OR'), name='centres_forgotten_helper_has_no_name'),
        ),
        migrations.AddConstraint(
            model_name='helper',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='centres_helper_ends_later'),
        ),
        migrations.AddIndex(
            model_name='duty',
            index=models.Index(condition=models.Q(('cancelled', False)), fields=['centre', 'day'], name='centres_duty_day'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='centres_duty_ends_later'),
        ),
        migrations.AddIndex(
            model_name='shift',
            index=models.Index(condition=models.Q(('cancelled', False)), fields=['centre', 'day'], name='centres_shift_day'),
        ),
        migrations.AddIndex(
            model_name='shift',
            index=models.Index(condition=models.Q(('cancelled', False)), fields=['officer', 'day'], name='centres_shift_own'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='centres_shift_ends_later'),
        ),
        migrations.AddIndex(
            model_name='sitting',
            index=models.Index(fields=['centre', 'day'], name='centres_sitting_day'),
        ),
        migrations.AddConstraint(
            model_name='sitting',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('counter',), name='centres_one_sits_at_a_counter'),
        ),
        migrations.AddConstraint(
            model_name='sitting',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('officer',), name='centres_an_officer_sits_once'),
        ),
        migrations.AddConstraint(
            model_name='sitting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('break_from', None), ('break_until', None)), models.Q(('break_from__isnull', False), ('break_until__gt', models.F('break_from'))), _connector='OR'), name='centres_break_ends_later'),
        ),
        migrations.AddConstraint(
            model_name='skillset',
            constraint=models.UniqueConstraint(fields=('centre', 'officer'), name='centres_skills_said_once'),
        ),
        migrations.AddConstraint(
            model_name='skill',
            constraint=models.UniqueConstraint(fields=('skills', 'kind', 'value', 'valid_from'), name='centres_one_skill_from_a_day'),
        ),
        migrations.AddConstraint(
            model_name='skill',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['service', 'language'])), name='centres_skill_is_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='skill',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='centres_skill_ends_later'),
        ),
        migrations.AddIndex(
            model_name='stop',
            index=models.Index(fields=['centre', 'day'], name='centres_stop_centre'),
        ),
        migrations.AddIndex(
            model_name='stop',
            index=models.Index(fields=['district', 'day'], name='centres_stop_district'),
        ),
        migrations.AddConstraint(
            model_name='stop',
            constraint=models.CheckConstraint(condition=models.Q(('closes__gt', models.F('opens'))), name='centres_stop_closes_later'),
        ),
        migrations.AddConstraint(
            model_name='stop',
            constraint=models.CheckConstraint(condition=models.Q(('capacity__gte', 1)), name='centres_stop_serves_somebody'),
        ),
        migrations.AddConstraint(
            model_name='stop',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('planned', 'announced', 'cancelled'))), name='centres_stop_state'),
        ),
        migrations.AddConstraint(
            model_name='stop',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), models.Q(('reason', {}), _negated=True)), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('reason', {})), _connector='OR'), name='centres_stop_cancelled_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='stopreport',
            constraint=models.UniqueConstraint(fields=('stop',), name='centres_one_report_a_stop'),
        ),
        migrations.AddConstraint(
            model_name='stopreport',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at', None), ('closed_at__gte', models.F('opened_at')), _connector='OR'), name='centres_stop_reported_after_it_opened'),
        ),
        migrations.AddIndex(
            model_name='stoprequest',
            index=models.Index(fields=['district', 'village_key'], name='centres_request_village'),
        ),
        migrations.AddIndex(
            model_name='stoprequest',
            index=models.Index(fields=['asker', 'asked_on'], name='centres_request_asker'),
        ),
        migrations.AddConstraint(
            model_name='stoprequest',
            constraint=models.CheckConstraint(condition=models.Q(('people__gte', 1)), name='centres_request_of_somebody'),
        ),
        *stamping("centres_shift", "centres_skillset", "centres_skill", "centres_stop"),
    ]
