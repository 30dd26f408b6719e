from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("subsidy", "0004_numbers_of_the_series")]

    operations = [
        migrations.RemoveConstraint(model_name="decree", name="a_decree_number_of_the_book_once"),
        migrations.RemoveField(model_name="decree", name="letter_book"),
        migrations.RemoveField(model_name="decree", name="sequence"),
    ]
