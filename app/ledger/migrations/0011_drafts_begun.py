"""Where a draft is at home, so that it can be listed and found again."""
# ruff: noqa: RUF012 - as the ORM writes them

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """Where a draft is at home."""

    dependencies = [("ledger", "0010_who_approved")]

    operations = [
        ops.AddField(model_name="DraftRow", name="begun", field=fields.TextField(null=True, unique=False)),
    ]
