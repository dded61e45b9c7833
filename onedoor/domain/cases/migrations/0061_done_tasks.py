"""What an office finished on its last days is counted along an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0060_kept_corrections")]

    operations = [
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("kind", "user"), ("state", "done")),
                fields=["unit_id", "done_at"],
                name="cases_task_done",
            ),
        ),
    ]
