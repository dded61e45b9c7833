"""Words that change are looked up anew by every request."""

from django.db import migrations

from onedoor.kernel.mirrors.reference import stamping


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial"), ("kernel", "0004_reference")]
    operations = stamping("notices_wording")
