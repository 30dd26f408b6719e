"""The database refuses to change or remove what happened, and a state that the last transition does not have. A later
migration that makes one of these tables anew on SQLite (AlterField) loses its triggers and has to add them again."""

from django.db import migrations

FINAL = ("transition", "note", "followupreport")
SQLITE = """
CREATE TRIGGER cases_{table}_{verb} BEFORE {verb} ON cases_{table}
BEGIN SELECT RAISE(ABORT, 'what happened in a case is never changed'); END
"""
SQLITE_STATE = """
CREATE TRIGGER cases_case_state BEFORE UPDATE OF state ON cases_case
WHEN NEW.state <> OLD.state AND NEW.state IS NOT
  (SELECT to_state FROM cases_transition WHERE case_id = NEW.id ORDER BY number DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'the state of a case is that of its last transition'); END
"""
SQLITE_CHAIN = """
CREATE TRIGGER cases_transition_chain BEFORE INSERT ON cases_transition
WHEN NEW.from_state <> coalesce(
  (SELECT to_state FROM cases_transition WHERE case_id = NEW.case_id ORDER BY number DESC LIMIT 1), '')
BEGIN SELECT RAISE(ABORT, 'a transition begins where the one before ended'); END
"""
POSTGRES = """
CREATE FUNCTION cases_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'what happened in a case is never changed' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION cases_check_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state IS DISTINCT FROM
    (SELECT to_state FROM cases_transition WHERE case_id = NEW.id ORDER BY number DESC LIMIT 1) THEN
    RAISE EXCEPTION 'the state of a case is that of its last transition' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION cases_check_chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.from_state <> coalesce(
    (SELECT to_state FROM cases_transition WHERE case_id = NEW.case_id ORDER BY number DESC LIMIT 1), '') THEN
    RAISE EXCEPTION 'a transition begins where the one before ended' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_case_state BEFORE UPDATE OF state ON cases_case
  FOR EACH ROW WHEN (NEW.state <> OLD.state) EXECUTE FUNCTION cases_check_state();
CREATE TRIGGER cases_transition_chain BEFORE INSERT ON cases_transition
  FOR EACH ROW EXECUTE FUNCTION cases_check_chain();
"""
POSTGRES_FINAL = """
CREATE TRIGGER cases_{table}_final BEFORE UPDATE OR DELETE ON cases_{table}
  FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
"""


def add(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRES)
        for table in FINAL:
            editor.execute(POSTGRES_FINAL.format(table=table))
        return
    editor.execute(SQLITE_STATE)
    editor.execute(SQLITE_CHAIN)
    for table in FINAL:
        for verb in ("UPDATE", "DELETE"):
            editor.execute(SQLITE.format(table=table, verb=verb))


def remove(apps, editor):
    if editor.connection.vendor == "postgresql":
        for name in ("refuse_change", "check_state", "check_chain"):
            editor.execute(f"DROP FUNCTION cases_{name}() CASCADE")
        return
    for name in ("case_state", "transition_chain", *(f"{table}_{verb}" for table in FINAL for verb in ("UPDATE", "DELETE"))):
        editor.execute(f"DROP TRIGGER cases_{name}")


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunPython(add, remove, elidable=False)]
