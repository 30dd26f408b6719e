from django.db import migrations, models

TOLD_BY_THE_CLOCK = """
UPDATE compliance_letterrun SET letters_before = COALESCE((
    SELECT MAX(id) FROM cases_sentletter WHERE written_at < compliance_letterrun.asked_at
), 0)
"""


class Migration(migrations.Migration):
    dependencies = [("compliance", "0002_accounts_and_arrears"), ("cases", "0003_letters")]
    operations = [
        migrations.AddField("letterrun", "letters_before", models.BigIntegerField(default=0)),
        migrations.RunSQL(TOLD_BY_THE_CLOCK, migrations.RunSQL.noop),
    ]
