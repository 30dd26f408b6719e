import datetime

import django.utils.timezone
from django.db import migrations, models

from jangkau.core.kernel.chain import START, chained


def number_and_chain(apps, schema_editor):
    """The events of an earlier version get numbers without gaps and their digests."""
    events = apps.get_model("access", "AuditEvent").objects
    digest, number = START, 0
    for old in list(events.order_by("id").values("id", "at", "by_id", "action", "subject", "detail")):
        number += 1
        at = old["at"].astimezone(datetime.UTC).isoformat(timespec="microseconds")
        digest = chained(digest, [number, at, old["by_id"], old["action"], old["subject"], old["detail"]])
        events.filter(id=old["id"]).update(id=number, digest=digest)


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [
        migrations.AlterField("auditevent", "id", models.BigIntegerField(primary_key=True, serialize=False)),
        migrations.AlterField(
            "auditevent", "at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)
        ),
        migrations.AlterField("auditevent", "subject", models.CharField(db_index=True, max_length=80)),
        migrations.AddField("auditevent", "digest", models.CharField(default="", max_length=64), preserve_default=False),
        migrations.RunPython(number_and_chain, migrations.RunPython.noop),
    ]
