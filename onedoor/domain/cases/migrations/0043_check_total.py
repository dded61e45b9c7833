"""How many receipts a check had before it when it began, so that its page can say how far it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0042_recount_hours")]

    operations = [
        migrations.AddField(model_name="feecheck", name="total", field=models.PositiveIntegerField(null=True))
    ]
