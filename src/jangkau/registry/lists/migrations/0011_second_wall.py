"""Policies of PostgreSQL by area, see registry/access/gateways/wall.py. They bind the role of the web, not the owner."""

from django.db import migrations

# Sub-selects: the setting is read once a statement, not once a row.
EVERYTHING = "(SELECT current_setting('jangkau.areas', true) = '*')"
INSIDE = "village_id LIKE ANY ((SELECT string_to_array(current_setting('jangkau.areas', true), ','))::text[])"
VISIBLE = "EXISTS (SELECT 1 FROM people_person WHERE people_person.id = person_id)"
UP = f"""
ALTER TABLE people_person ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_area ON people_person USING ({EVERYTHING} OR {INSIDE});
ALTER TABLE people_membership ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_area ON people_membership USING ({EVERYTHING} OR {VISIBLE});
ALTER TABLE lists_appearance ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_area ON lists_appearance USING ({EVERYTHING} OR {VISIBLE});
"""
DOWN = "".join(
    f"DROP POLICY by_area ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
    for table in ("lists_appearance", "people_membership", "people_person")
)


def on_postgres(statements):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(statements)

    return run


class Migration(migrations.Migration):

    dependencies = [
        ("lists", "0010_lists_forgotten"),
        ("people", "0005_employers_keep_their_number"),
    ]

    operations = [migrations.RunPython(on_postgres(UP), on_postgres(DOWN))]
