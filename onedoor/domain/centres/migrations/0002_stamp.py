"""Centres, calendars and counters that change are looked up anew by every request."""

from django.db import migrations

from onedoor.kernel.mirrors.reference import stamping


class Migration(migrations.Migration):
    dependencies = [("centres", "0001_initial"), ("kernel", "0004_reference")]
    operations = stamping(
        "centres_centre", "centres_officecalendar", "centres_counter", "centres_counterstate"
    )
