import secrets

from django.db import migrations, models


def give_codes(apps, schema_editor):
    for work in apps.get_model("construction", "Work").objects.exclude(paid_on=None).only("pk").iterator():
        work.proof_code = secrets.token_hex(8)
        work.save(update_fields=["proof_code"])


class Migration(migrations.Migration):

    dependencies = [("construction", "0003_budget")]

    operations = [
        migrations.AddField(
            model_name="work",
            name="proof_code",
            field=models.CharField(max_length=16, null=True, unique=True),
        ),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
    ]
