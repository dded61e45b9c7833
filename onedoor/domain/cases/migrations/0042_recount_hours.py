"""A recount may be for the opening hours of one centre."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Whose hours changed, beside the holiday."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("cases", "0041_prepared")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AddField(model_name="recount", name="centre_id", field=models.UUIDField(null=True)),
    ]
