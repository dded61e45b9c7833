"""The stamp of reference data: a row for each of its tables, changed by their trigger."""

from django.db import migrations, models

FUNCTION = """
CREATE FUNCTION kernel_reference() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO kernel_reference (name, value) VALUES (TG_TABLE_NAME, gen_random_uuid())
  ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_unsealed_since")]

    operations = [
        migrations.CreateModel(
            name="ReferenceStamp",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("value", models.UUIDField()),
            ],
            options={"db_table": "kernel_reference"},
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION kernel_reference();"),
    ]
