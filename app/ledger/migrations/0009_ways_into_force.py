"""By which way a revision came into force, and why nobody approved it where nobody is named for that."""
# ruff: noqa: RUF012 - as the ORM writes them

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """By which way a revision came into force."""

    dependencies = [("ledger", "0008_regulation_drafts")]

    operations = [
        ops.AddField(model_name="RevisionRow", name="alone", field=fields.TextField(null=True, unique=False)),
        ops.AddField(model_name="RevisionRow", name="way", field=fields.CharField(null=True, max_length=255)),
    ]
