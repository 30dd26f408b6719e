"""Policies of PostgreSQL by area, see registry/access/gateways/wall.py. They bind the role of the web, not the owner."""

from django.db import migrations

UP = """
CREATE FUNCTION jangkau_sees(place varchar) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT current_setting('jangkau.areas', true) = '*' OR EXISTS (
    SELECT 1 FROM unnest(string_to_array(current_setting('jangkau.areas', true), ',')) AS area
    WHERE place = area OR starts_with(place, area || '.'))
$$;
ALTER TABLE people_person ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_area ON people_person USING (jangkau_sees(village_id));
ALTER TABLE people_membership ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_area ON people_membership USING (current_setting('jangkau.areas', true) = '*'
  OR EXISTS (SELECT 1 FROM people_person WHERE people_person.id = person_id));
ALTER TABLE lists_appearance ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_area ON lists_appearance USING (current_setting('jangkau.areas', true) = '*'
  OR EXISTS (SELECT 1 FROM people_person WHERE people_person.id = person_id));
"""
DOWN = """
DROP POLICY by_area ON lists_appearance;
ALTER TABLE lists_appearance DISABLE ROW LEVEL SECURITY;
DROP POLICY by_area ON people_membership;
ALTER TABLE people_membership DISABLE ROW LEVEL SECURITY;
DROP POLICY by_area ON people_person;
ALTER TABLE people_person DISABLE ROW LEVEL SECURITY;
DROP FUNCTION jangkau_sees(varchar);
"""


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
