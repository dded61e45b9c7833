"""A service that changes is looked up anew by every request."""

from django.db import migrations

from onedoor.kernel.mirrors.reference import stamping


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial"), ("kernel", "0004_reference")]
    operations = stamping("catalogue_service")
