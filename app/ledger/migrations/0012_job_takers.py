"""Which process does a job, so that one that died is taken again at once."""
# ruff: noqa: RUF012 - as the ORM writes them

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """Which process does a job."""

    dependencies = [("ledger", "0011_drafts_begun")]

    operations = [
        ops.AddField(model_name="JobRow", name="taker", field=fields.CharField(null=True, max_length=255)),
    ]
