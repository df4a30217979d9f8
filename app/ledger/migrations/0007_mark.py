"""What holds until an instant: ended sessions, and what one process at a time does."""
# ruff: noqa: E501, RUF012 - as the ORM writes them

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """What holds until an instant: ended sessions, and what one process at a time does."""

    dependencies = [("ledger", "0006_remembered")]

    operations = [
        ops.CreateModel(
            name="MarkRow",
            fields=[
                ("key", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=255)),
                ("until", fields.BigIntField(db_index=True)),
            ],
            options={
                "table": "mark",
                "app": "ledger",
                "pk_attr": "key",
                "table_description": "What holds until an instant: that a session has ended, that a process is at something which is done once.",
            },
            bases=["Model"],
        ),
    ]
