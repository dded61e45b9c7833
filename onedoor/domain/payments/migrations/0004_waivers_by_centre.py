"""Waivers are listed by centre."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the index of waivers."""

    dependencies = [("payments", "0003_voided_receipts")]

    operations = [
        migrations.AddIndex(
            model_name="charge",
            index=models.Index(
                condition=models.Q(("waiver", ""), _negated=True),
                fields=["centre_id", "asked_at"],
                name="payments_charge_waiver",
            ),
        ),
    ]
