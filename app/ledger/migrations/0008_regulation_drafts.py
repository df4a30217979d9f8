"""Drafts of regulations, and from when a revision is in force."""
# ruff: noqa: E501, RUF012 - as the ORM writes them

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """Drafts of regulations, and from when a revision is in force."""

    dependencies = [("ledger", "0007_mark")]

    operations = [
        ops.AddField(model_name="RevisionRow", name="starts", field=fields.BigIntField(null=True)),
        ops.AddField(model_name="RevisionRow", name="why", field=fields.TextField(null=True, unique=False)),
        ops.CreateModel(
            name="RegulationDraftRow",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=255)),
                ("place", fields.CharField(db_index=True, max_length=255)),
                ("title", fields.TextField(unique=False)),
                ("opened_by", fields.CharField(max_length=255)),
                ("opened_at", fields.BigIntField()),
                ("state", fields.CharField(max_length=255)),
                ("head", fields.BigIntField()),
            ],
            options={
                "table": "regulation_draft",
                "app": "ledger",
                "pk_attr": "id",
                "table_description": "A draft of a place's regulation: which of its steps is the newest, and whether it is open.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DraftStepRow",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=510)),
                ("draft", fields.CharField(max_length=255)),
                ("number", fields.BigIntField()),
                ("kind", fields.CharField(max_length=255)),
                ("saved_by", fields.CharField(max_length=255)),
                ("saved_at", fields.BigIntField()),
                ("base", fields.CharField(max_length=255)),
                ("files", fields.TextField(unique=False)),
                ("of", fields.BigIntField(null=True)),
            ],
            options={
                "table": "regulation_draft_step",
                "app": "ledger",
                "indexes": [Index(fields=["draft", "number"], name="regulation_draft_number")],
                "pk_attr": "id",
                "table_description": "A saved state of a draft. `files` maps the paths that differ from `base` to hashes of FileRow, or to null.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DraftMarkRow",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=1020)),
                ("draft", fields.CharField(db_index=True, max_length=255)),
                ("kind", fields.CharField(max_length=255)),
                ("content", fields.CharField(max_length=255)),
                ("made_by", fields.CharField(max_length=255)),
                ("made_at", fields.BigIntField()),
                ("value", fields.TextField(unique=False)),
            ],
            options={
                "table": "regulation_draft_mark",
                "app": "ledger",
                "pk_attr": "id",
                "table_description": "What was done with one content of a draft on its way to being published: seen, approved.",
            },
            bases=["Model"],
        ),
    ]
