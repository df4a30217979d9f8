"""What is kept: entries (sensitive answers apart), accounts, revisions, drafts, jobs."""
# ruff: noqa: E501, RUF012 - as the ORM writes them

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """What is kept: entries (sensitive answers apart), accounts, revisions, drafts, jobs."""

    initial = True

    operations = [
        ops.CreateModel(
            name="AccountRow",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=255)),
                ("login", fields.CharField(max_length=255)),
                ("login_key", fields.CharField(unique=True, max_length=1020)),
                ("person", fields.CharField(max_length=255)),
                ("name", fields.CharField(max_length=255)),
                ("place", fields.CharField(db_index=True, max_length=255)),
                ("password_hash", fields.TextField(null=True, unique=False)),
                ("language", fields.CharField(max_length=255)),
                ("demo", fields.BooleanField()),
                ("disabled", fields.BooleanField()),
                ("session_epoch", fields.BigIntField()),
            ],
            options={
                "table": "account",
                "app": "ledger",
                "pk_attr": "id",
                "table_description": "A login. `login_key` is the login without case, unique.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DraftRow",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("account", fields.CharField(max_length=255)),
                ("key", fields.CharField(max_length=1020)),
                ("entry_id", fields.CharField(max_length=255)),
                ("answers", fields.TextField(unique=False)),
                ("saved_at", fields.BigIntField()),
            ],
            options={
                "table": "draft",
                "app": "ledger",
                "unique_together": (("account", "key"),),
                "pk_attr": "id",
                "table_description": "What somebody has typed and not submitted.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="EntryRow",
            fields=[
                ("number", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("id", fields.CharField(unique=True, max_length=255)),
                ("place", fields.CharField(max_length=255)),
                ("form", fields.CharField(max_length=255)),
                ("at", fields.BigIntField()),
                ("recorded_at", fields.BigIntField()),
                ("worker", fields.CharField(max_length=255)),
                ("subject", fields.CharField(null=True, max_length=255)),
                ("subjects", fields.TextField(null=True, unique=False)),
                ("revision", fields.CharField(null=True, max_length=255)),
                ("source", fields.CharField(max_length=255)),
                ("supersedes", fields.CharField(null=True, db_index=True, max_length=255)),
                ("answers", fields.TextField(unique=False)),
                ("sensitive", fields.TextField(null=True, unique=False)),
                ("content", fields.CharField(max_length=64)),
            ],
            options={
                "table": "entry",
                "app": "ledger",
                "indexes": [Index(fields=["place", "number"], name="entry_place")],
                "pk_attr": "number",
                "table_description": "One entry, never changed and never deleted. `number` is the order of arrival.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="FailureRow",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("key", fields.CharField(max_length=255)),
                ("at", fields.BigIntField(db_index=True)),
            ],
            options={
                "table": "failure",
                "app": "ledger",
                "indexes": [Index(fields=["key", "at"], name="failure_key")],
                "pk_attr": "id",
                "table_description": "A failed attempt to log in. `key` is what the caller counts by.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="FileRow",
            fields=[
                ("hash", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64)),
                ("text", fields.TextField(unique=False)),
            ],
            options={
                "table": "source_file",
                "app": "ledger",
                "pk_attr": "hash",
                "table_description": "A file's text by the SHA-256 of its UTF-8 bytes: stored once, however many revisions hold it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="JobRow",
            fields=[
                ("number", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("id", fields.CharField(unique=True, max_length=255)),
                ("kind", fields.CharField(max_length=255)),
                ("place", fields.CharField(db_index=True, max_length=255)),
                ("requested_by", fields.CharField(max_length=255)),
                ("arguments", fields.TextField(unique=False)),
                ("state", fields.CharField(db_index=True, max_length=255)),
                ("done", fields.BigIntField()),
                ("total", fields.BigIntField()),
                ("created_at", fields.BigIntField()),
                ("beat", fields.BigIntField(null=True)),
                ("result", fields.TextField(null=True, unique=False)),
                ("problem", fields.TextField(null=True, unique=False)),
            ],
            options={
                "table": "job",
                "app": "ledger",
                "pk_attr": "number",
                "table_description": "A piece of long work.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="MetaRow",
            fields=[
                ("key", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=255)),
                ("value", fields.TextField(unique=False)),
            ],
            options={
                "table": "meta",
                "app": "ledger",
                "pk_attr": "key",
                "table_description": "A fact of the installation: its id, the version of the derived tables.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RevisionRow",
            fields=[
                ("number", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("place", fields.CharField(max_length=255)),
                ("hash", fields.CharField(max_length=255)),
                ("files", fields.TextField(unique=False)),
                ("published_at", fields.BigIntField()),
                ("published_by", fields.CharField(max_length=255)),
                ("resolution", fields.TextField(unique=False)),
                ("effective", fields.CharField(null=True, max_length=10)),
                ("based_on", fields.CharField(null=True, max_length=255)),
            ],
            options={
                "table": "revision",
                "app": "ledger",
                "indexes": [Index(fields=["place", "published_at", "number"], name="revision_place")],
                "pk_attr": "number",
                "table_description": "A publication of a revision. `files` maps paths to hashes of FileRow.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="TicketRow",
            fields=[
                (
                    "secret_hash",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=255),
                ),
                ("account", fields.CharField(max_length=255)),
                ("purpose", fields.CharField(max_length=255)),
                ("expires", fields.BigIntField()),
            ],
            options={
                "table": "ticket",
                "app": "ledger",
                "pk_attr": "secret_hash",
                "table_description": "An invitation or a reset, by the hash of its secret.",
            },
            bases=["Model"],
        ),
    ]
