"""How many entries each week and hour has, for pages far from the first."""
# ruff: noqa: E501, RUF012 - as the ORM writes them

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """How many entries each week and hour has, for pages far from the first."""

    dependencies = [("ledger", "0003_closed_periods")]

    operations = [
        ops.CreateModel(
            name="TallyRow",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=1020)),
                ("place", fields.CharField(max_length=255)),
                ("form", fields.CharField(max_length=255)),
                ("sort", fields.SmallIntField()),
                ("bucket", fields.BigIntField()),
                ("stands", fields.BigIntField()),
                ("total", fields.BigIntField()),
            ],
            options={
                "table": "tally",
                "app": "ledger",
                "indexes": [Index(fields=["place", "sort", "bucket", "form"], name="tally_place")],
                "pk_attr": "id",
                "table_description": "How many entries of a form a place has in a week or an hour, by when they happened or were recorded: derived.",
            },
            bases=["Model"],
        ),
    ]
