"""What is derived from the entries, for the ledger's page."""
# ruff: noqa: E501, RUF012 - as the ORM writes them

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """What is derived from the entries, for the ledger's page."""

    dependencies = [("ledger", "0001_initial")]

    operations = [
        ops.CreateModel(
            name="MentionRow",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("number", fields.BigIntField()),
                ("subject", fields.CharField(max_length=255)),
            ],
            options={
                "table": "mention",
                "app": "ledger",
                "indexes": [Index(fields=["subject", "number"], name="mention_subject")],
                "pk_attr": "id",
                "table_description": "A further subject of an entry (`Entry.subjects`): derived, like StandingRow.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="StandingRow",
            fields=[
                ("number", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("place", fields.CharField(max_length=255)),
                ("form", fields.CharField(max_length=255)),
                ("at", fields.BigIntField()),
                ("recorded_at", fields.BigIntField()),
                ("worker", fields.CharField(max_length=255)),
                ("subject", fields.CharField(null=True, max_length=255)),
                ("stands", fields.SmallIntField()),
                ("text", fields.TextField(unique=False)),
                ("facets", fields.TextField(unique=False)),
            ],
            options={
                "table": "standing",
                "app": "ledger",
                "indexes": [
                    Index(fields=["place", "at", "number", "stands"], name="standing_at"),
                    Index(fields=["place", "recorded_at", "number", "stands"], name="standing_recorded_at"),
                    Index(fields=["place", "form", "at", "number", "stands"], name="standing_form"),
                    Index(fields=["worker", "at", "number"], name="standing_worker"),
                    Index(fields=["subject", "at", "number"], name="standing_subject"),
                ],
                "pk_attr": "number",
                "table_description": "What the ledger's page needs of an entry: derived, dropped and rebuilt at will (see projection.py).",
            },
            bases=["Model"],
        ),
    ]
