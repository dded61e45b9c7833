"""What the database itself holds about the ledger: groups sum to zero, nothing posted is changed, drawers stay in step."""

LAY = """
CREATE FUNCTION payments_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(amount) FROM payments_posting WHERE entry_id = NEW.entry_id) <> 0 THEN
    RAISE EXCEPTION 'entry % does not sum to zero', NEW.entry_id USING ERRCODE = 'OD011';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER payments_balanced AFTER INSERT ON payments_posting
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_balanced();

CREATE FUNCTION payments_keep_drawer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE payments_account a SET balance = a.balance + moved.amount
  FROM (SELECT account_id, sum(amount) AS amount FROM fresh GROUP BY account_id) AS moved
  WHERE a.id = moved.account_id AND a.kind = 'drawer';
  RETURN NULL;
END $$;
CREATE TRIGGER payments_keep_drawer AFTER INSERT ON payments_posting
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION payments_keep_drawer();

CREATE FUNCTION payments_posted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was posted is never changed; post the opposite' USING ERRCODE = 'OD012';
END $$;
CREATE TRIGGER payments_posted BEFORE UPDATE OR DELETE ON payments_posting
  FOR EACH ROW EXECUTE FUNCTION payments_posted();
CREATE TRIGGER payments_posted BEFORE UPDATE OR DELETE ON payments_entry
  FOR EACH ROW EXECUTE FUNCTION payments_posted();
"""

LIFT = """
DROP TRIGGER payments_posted ON payments_entry;
DROP TRIGGER payments_posted ON payments_posting;
DROP TRIGGER payments_keep_drawer ON payments_posting;
DROP TRIGGER payments_balanced ON payments_posting;
DROP FUNCTION payments_posted(), payments_keep_drawer(), payments_balanced();
"""
