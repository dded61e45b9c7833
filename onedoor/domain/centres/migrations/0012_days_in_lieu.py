"""Holidays say whether a working day is given where they fall on a day of rest, and which day was given for which."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns more; what stands there already gave no day."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("centres", "0011_space_declared")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AddField(
            model_name="holiday",
            name="in_lieu",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(model_name="holiday", name="given_for", field=models.DateField(null=True)),
    ]
