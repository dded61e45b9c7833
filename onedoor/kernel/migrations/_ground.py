"""The kernel's functions and triggers in the database, as the first migration lays them."""

from typing import Any

GUARD = """
CREATE OR REPLACE FUNCTION kernel_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF current_setting('onedoor.retention', true) = 'on' THEN RETURN OLD; END IF;
    RAISE EXCEPTION '%: an aggregate is ended, never deleted', TG_TABLE_NAME USING ERRCODE = 'OD004';
  END IF;
  IF current_setting('onedoor.mirror', true) = 'on' THEN
    IF TG_OP = 'UPDATE' AND (NEW.epoch, NEW.version) <= (OLD.epoch, OLD.version) THEN
      RAISE EXCEPTION '%: a copy must be newer', TG_TABLE_NAME USING ERRCODE = 'OD003';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.owner <> kernel_this_node() THEN
      RAISE EXCEPTION '%: another node is the owner', TG_TABLE_NAME USING ERRCODE = 'OD001';
    ELSIF NEW.version <> 1 OR NEW.epoch <> 1 THEN
      RAISE EXCEPTION '%: a new aggregate begins at 1', TG_TABLE_NAME USING ERRCODE = 'OD002';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.owner <> kernel_this_node() THEN
    RAISE EXCEPTION '%: another node is the owner', TG_TABLE_NAME USING ERRCODE = 'OD001';
  ELSIF NEW.id <> OLD.id OR NEW.version <> OLD.version + 1 THEN
    RAISE EXCEPTION '%: the version must be the old one plus one', TG_TABLE_NAME USING ERRCODE = 'OD002';
  ELSIF NEW.owner = OLD.owner AND NEW.epoch <> OLD.epoch OR NEW.owner <> OLD.owner AND NEW.epoch <> OLD.epoch + 1 THEN
    RAISE EXCEPTION '%: a new owner needs the next epoch', TG_TABLE_NAME USING ERRCODE = 'OD003';
  END IF;
  RETURN NEW;
END $$
"""

KEEP = """
CREATE OR REPLACE FUNCTION kernel_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%: letters and seals are never changed', TG_TABLE_NAME USING ERRCODE = 'OD005';
END $$
"""

SQL = [
    GUARD,
    KEEP,
    "CREATE TRIGGER kernel_keep BEFORE UPDATE OR DELETE ON kernel_letter FOR EACH ROW EXECUTE FUNCTION kernel_keep()",
    "CREATE TRIGGER kernel_keep BEFORE UPDATE OR DELETE ON kernel_seal FOR EACH ROW EXECUTE FUNCTION kernel_keep()",
    "CREATE TABLE kernel_request (day date NOT NULL, actor uuid NOT NULL, key text NOT NULL, said bytea NOT NULL,"
    " status smallint NOT NULL, answer text NOT NULL, PRIMARY KEY (day, actor, key)) PARTITION BY RANGE (day)",
    "CREATE TABLE kernel_request_rest PARTITION OF kernel_request DEFAULT",
    "ALTER TABLE kernel_delivery SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0)",
    "ALTER TABLE kernel_unsealed SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0)",
    "ALTER TABLE kernel_series SET (fillfactor = 50)",
]


def lay_ground(apps: Any, schema_editor: Any) -> None:
    """Give this database its identity as a node, its first generation, and the kernel's functions and triggers."""
    execute = schema_editor.execute
    schema_editor.connection.cursor().execute(
        "DO $do$ BEGIN EXECUTE format($f$CREATE OR REPLACE FUNCTION kernel_this_node() RETURNS uuid"
        " LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN %L::uuid$f$, gen_random_uuid()); END $do$"
    )
    execute(
        "CREATE OR REPLACE FUNCTION kernel_generation() RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN 1",
        params=None,
    )
    for statement in SQL:
        execute(statement, params=None)


def lift_ground(apps: Any, schema_editor: Any) -> None:
    """Undo `lay_ground`."""
    for statement in (
        "DROP TABLE kernel_request",
        "DROP FUNCTION kernel_guard CASCADE",
        "DROP FUNCTION kernel_keep CASCADE",
        "DROP FUNCTION kernel_generation",
        "DROP FUNCTION kernel_this_node",
    ):
        schema_editor.execute(statement)
