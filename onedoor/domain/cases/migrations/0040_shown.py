"""By what an applicant showed who she is, and who vouched for her."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("cases", "0031_starts")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AddField(
            model_name="case",
            name="shown",
            field=models.JSONField(db_default={}, default=dict, help_text="By what she showed who she is."),
        )
    ]
