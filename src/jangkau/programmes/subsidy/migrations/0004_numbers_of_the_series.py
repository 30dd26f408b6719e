from django.db import migrations


def keep_in_the_series(apps, editor):
    """Numbers that decrees took from the number book stand among those of the series from now on."""
    numbers = apps.get_model("cases", "IssuedNumber")
    for decree in apps.get_model("subsidy", "Decree").objects.filter(sequence__isnull=False).order_by("pk"):
        numbers.objects.create(
            letter_book=decree.letter_book, agency="", series="SK", sequence=decree.sequence, number=decree.number,
            dated_on=decree.dated_on, issued_by_id=decree.signed_by_id,
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_numbers_of_series"),
        ("subsidy", "0003_number_from_the_book"),
    ]

    operations = [migrations.RunPython(keep_in_the_series, migrations.RunPython.noop)]
