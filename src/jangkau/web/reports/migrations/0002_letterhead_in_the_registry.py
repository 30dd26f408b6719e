"""The letterhead moves to the registry (cases), where letters are written on it, too; what was filled in goes along."""

from django.db import migrations

FIELDS = (
    "area_code", "government", "office", "address", "contact", "addressee", "city", "signatory_title", "signatory_name",
    "signatory_rank", "signatory_number", "number_form", "first_number", "changed_by_id",
)


def move(apps, editor):
    old, new = apps.get_model("reports", "Letterhead"), apps.get_model("cases", "Letterhead")
    for head in old.objects.all():
        moved = new.objects.create(**{name: getattr(head, name) for name in FIELDS})
        new.objects.filter(pk=moved.pk).update(changed_at=head.changed_at)


def move_back(apps, editor):
    old, new = apps.get_model("reports", "Letterhead"), apps.get_model("cases", "Letterhead")
    for head in new.objects.filter(agency=""):
        old.objects.create(**{name: getattr(head, name) for name in FIELDS})


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("cases", "0003_letters")]
    operations = [migrations.RunPython(move, move_back), migrations.DeleteModel(name="Letterhead")]
