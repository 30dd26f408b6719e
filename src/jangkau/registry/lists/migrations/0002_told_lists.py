import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('lists', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='sentlist',
            name='told',
            field=models.JSONField(default=dict),
        ),
        migrations.CreateModel(
            name='KnownLayout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('sender', models.CharField(db_index=True, max_length=500)),
                ('layout', models.CharField(max_length=64)),
                ('columns', models.JSONField()),
                ('uses', models.IntegerField(default=0)),
                ('confirmed_at', models.DateTimeField()),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
    ]
