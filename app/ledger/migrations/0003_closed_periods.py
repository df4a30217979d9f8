"""The outcomes of closed periods."""
# ruff: noqa: E501, RUF012 - as the ORM writes them

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """The outcomes of closed periods."""

    dependencies = [("ledger", "0002_standing")]

    operations = [
        ops.CreateModel(
            name="ClosedRow",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=510)),
                ("place", fields.CharField(db_index=True, max_length=255)),
                ("period", fields.CharField(max_length=255)),
                ("revision", fields.CharField(max_length=255)),
                ("ledger", fields.CharField(max_length=255)),
                ("as_of", fields.BigIntField()),
                ("closed_by", fields.CharField(max_length=255)),
                ("hash", fields.CharField(max_length=64)),
                ("outcome", fields.TextField(unique=False)),
            ],
            options={
                "table": "closed_period",
                "app": "ledger",
                "pk_attr": "id",
                "table_description": "The outcome of a period as it was closed, never changed. `outcome` is compressed (see closings.py).",
            },
            bases=["Model"],
        ),
    ]
