"""Who approved what came into force."""
# ruff: noqa: RUF012 - as the ORM writes them

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """The person who approved a revision, beside the one who published it."""

    dependencies = [("ledger", "0009_ways_into_force")]

    operations = [
        ops.AddField(
            model_name="RevisionRow", name="approved_by", field=fields.CharField(null=True, max_length=255)
        ),
    ]
