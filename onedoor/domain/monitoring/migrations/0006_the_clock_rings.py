"""Cases say whether their office was reminded, whose step is late and up to whom it was told."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Four columns more; `manage rebuild_monitoring` fills them for what was told before."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("monitoring", "0005_grievances")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AddField(model_name="matter", name="warned_at", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="matter", name="holder", field=models.UUIDField(null=True)),
        migrations.AddField(model_name="matter", name="told", field=models.UUIDField(null=True)),
        migrations.AddField(
            model_name="matter", name="level", field=models.PositiveSmallIntegerField(db_default=0, default=0)
        ),
    ]
