"""What was set up once and is offered again: views of the ledger, what the columns of a list are."""
# ruff: noqa: E501, RUF012 - as the ORM writes them

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """What was set up once and is offered again."""

    dependencies = [("ledger", "0004_tally")]

    operations = [
        ops.CreateModel(
            name="RememberedRow",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=255)),
                ("place", fields.CharField(max_length=255)),
                ("kind", fields.CharField(max_length=255)),
                ("owner", fields.CharField(max_length=255)),
                ("name", fields.CharField(max_length=255)),
                ("value", fields.TextField(unique=False)),
                ("saved_at", fields.BigIntField()),
            ],
            options={
                "table": "remembered",
                "app": "ledger",
                "indexes": [Index(fields=["place", "kind"], name="remembered_place")],
                "pk_attr": "id",
                "table_description": "What was set up once and is offered again: a view of the ledger, what the columns of a list are.",
            },
            bases=["Model"],
        ),
    ]
