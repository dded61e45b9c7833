"""The trigger that changes the stamp of all rights whenever a table of rights changes, whoever writes."""

from django.db import migrations

TABLES = (
    "access_unit",
    "access_role",
    "access_grant",
    "access_login",
    "access_secret",
    "access_device",
    "access_token",
)

FUNCTION = """
CREATE OR REPLACE FUNCTION access_restamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE access_stamp SET value = gen_random_uuid();
  RETURN NULL;
END $$;
INSERT INTO access_stamp (id, value) VALUES (1, gen_random_uuid());
"""


def restamping() -> list[migrations.RunSQL]:
    """The operations that install the trigger; the last ones of the first migration."""
    triggers = "".join(
        f"CREATE TRIGGER access_restamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION access_restamp();\n"
        for table in TABLES
    )
    drops = "".join(f"DROP TRIGGER access_restamp ON {table};\n" for table in TABLES)
    return [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION access_restamp(); DELETE FROM access_stamp;"),
        migrations.RunSQL(triggers, drops),
    ]
