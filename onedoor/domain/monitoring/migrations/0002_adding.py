"""Adding histograms in the database, and room on the pages of tables whose rows change all day."""

from django.db import migrations

ADDED = """
CREATE OR REPLACE FUNCTION monitoring_added(a int[], b int[]) RETURNS int[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN a IS NULL THEN b WHEN b IS NULL THEN a ELSE
    array(SELECT coalesce(x, 0) + coalesce(y, 0) FROM unnest(a, b) WITH ORDINALITY AS pair(x, y, place) ORDER BY place)
  END $$
"""


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_initial")]

    operations = [
        migrations.RunSQL(ADDED, "DROP FUNCTION monitoring_added(int[], int[])"),
        migrations.RunSQL("ALTER TABLE monitoring_tally SET (fillfactor = 70)", migrations.RunSQL.noop),
        migrations.RunSQL("ALTER TABLE monitoring_visit SET (fillfactor = 80)", migrations.RunSQL.noop),
    ]
