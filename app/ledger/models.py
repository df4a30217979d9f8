"""The tables. Instants are microseconds since the epoch (see instants.py); JSON is canonical text.

Text and not a JSON type: PostgreSQL's jsonb refuses U+0000 and SQLite has no such type.
A model's docstring becomes the comment of its table, in SQL that is cut at semicolons: it may hold none.
"""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

KEY = 255  # characters of an id, a place, a form, a person: fits every index on both databases


class EntryRow(Model):
    """One entry, never changed and never deleted. `number` is the order of arrival.

    A sandbox's entries go with the whole sandbox. (The first line describes the table in its first migration, too.)
    """

    number = fields.BigIntField(primary_key=True)
    id = fields.CharField(KEY, unique=True)
    place = fields.CharField(KEY)
    form = fields.CharField(KEY)
    at = fields.BigIntField()
    recorded_at = fields.BigIntField()
    worker = fields.CharField(KEY)
    subject = fields.CharField(KEY, null=True)
    subjects = fields.TextField(null=True)
    revision = fields.CharField(KEY, null=True)
    source = fields.CharField(KEY)
    supersedes = fields.CharField(KEY, null=True, db_index=True)
    answers = fields.TextField()
    sensitive = fields.TextField(null=True)
    content = fields.CharField(64)

    class Meta:
        """Names the table."""

        table = "entry"
        indexes = (Index(fields=("place", "number"), name="entry_place"),)


class StandingRow(Model):
    """What the ledger's page needs of an entry: derived, dropped and rebuilt at will (see projection.py)."""

    number = fields.BigIntField(primary_key=True)
    place = fields.CharField(KEY)
    form = fields.CharField(KEY)
    at = fields.BigIntField()
    recorded_at = fields.BigIntField()
    worker = fields.CharField(KEY)
    subject = fields.CharField(KEY, null=True)
    stands = fields.SmallIntField()
    text = fields.TextField()
    facets = fields.TextField()

    class Meta:
        """Names the table; an index both orders a page and tells what stands, without reading the row."""

        table = "standing"
        indexes = (
            Index(fields=("place", "at", "number", "stands"), name="standing_at"),
            Index(fields=("place", "recorded_at", "number", "stands"), name="standing_recorded_at"),
            Index(fields=("place", "form", "at", "number", "stands"), name="standing_form"),
            Index(fields=("worker", "at", "number"), name="standing_worker"),
            Index(fields=("subject", "at", "number"), name="standing_subject"),
        )


class MentionRow(Model):
    """A further subject of an entry (`Entry.subjects`): derived, like StandingRow."""

    id = fields.BigIntField(primary_key=True)
    number = fields.BigIntField()
    subject = fields.CharField(KEY)

    class Meta:
        """Names the table."""

        table = "mention"
        indexes = (Index(fields=("subject", "number"), name="mention_subject"),)


class TallyRow(Model):
    """How many entries of a form a place has in a week or an hour, by when they happened or were recorded: derived."""

    id = fields.CharField(KEY * 4, primary_key=True)
    place = fields.CharField(KEY)
    form = fields.CharField(KEY)
    sort = fields.SmallIntField()
    bucket = fields.BigIntField()
    stands = fields.BigIntField()
    total = fields.BigIntField()

    class Meta:
        """Names the table."""

        table = "tally"
        indexes = (Index(fields=("place", "sort", "bucket", "form"), name="tally_place"),)


class AccountRow(Model):
    """A login. `login_key` is the login without case, unique."""

    id = fields.CharField(KEY, primary_key=True)
    login = fields.CharField(KEY)
    login_key = fields.CharField(KEY * 4, unique=True)
    person = fields.CharField(KEY)
    name = fields.CharField(KEY)
    place = fields.CharField(KEY, db_index=True)
    password_hash = fields.TextField(null=True)
    language = fields.CharField(KEY)
    demo = fields.BooleanField()
    disabled = fields.BooleanField()
    session_epoch = fields.BigIntField()

    class Meta:
        """Names the table."""

        table = "account"


class TicketRow(Model):
    """An invitation or a reset, by the hash of its secret."""

    secret_hash = fields.CharField(KEY, primary_key=True)
    account = fields.CharField(KEY)
    purpose = fields.CharField(KEY)
    expires = fields.BigIntField()

    class Meta:
        """Names the table."""

        table = "ticket"


class MarkRow(Model):
    """What holds until an instant: that a session has ended, that a process is at something which is done once."""

    key = fields.CharField(KEY, primary_key=True)
    until = fields.BigIntField(db_index=True)

    class Meta:
        """Names the table."""

        table = "mark"


class FailureRow(Model):
    """A failed attempt to log in. `key` is what the caller counts by."""

    id = fields.BigIntField(primary_key=True)
    key = fields.CharField(KEY)
    at = fields.BigIntField(db_index=True)

    class Meta:
        """Names the table."""

        table = "failure"
        indexes = (Index(fields=("key", "at"), name="failure_key"),)


class RevisionRow(Model):
    """A publication of a revision. `files` maps paths to hashes of FileRow."""

    number = fields.BigIntField(primary_key=True)
    place = fields.CharField(KEY)
    hash = fields.CharField(KEY)
    files = fields.TextField()
    published_at = fields.BigIntField()
    published_by = fields.CharField(KEY)
    resolution = fields.TextField()
    effective = fields.CharField(10, null=True)
    based_on = fields.CharField(KEY, null=True)
    starts = fields.BigIntField(null=True)
    why = fields.TextField(null=True)
    alone = fields.TextField(null=True)
    way = fields.CharField(KEY, null=True)
    approved_by = fields.CharField(KEY, null=True)

    class Meta:
        """Names the table."""

        table = "revision"
        indexes = (Index(fields=("place", "published_at", "number"), name="revision_place"),)


class ClosedRow(Model):
    """The outcome of a period as it was closed, never changed. `outcome` is compressed (see closings.py)."""

    id = fields.CharField(KEY * 2, primary_key=True)
    place = fields.CharField(KEY, db_index=True)
    period = fields.CharField(KEY)
    revision = fields.CharField(KEY)
    ledger = fields.CharField(KEY)
    as_of = fields.BigIntField()
    closed_by = fields.CharField(KEY)
    hash = fields.CharField(64)
    outcome = fields.TextField()

    class Meta:
        """Names the table."""

        table = "closed_period"


class FileRow(Model):
    """A file's text by the SHA-256 of its UTF-8 bytes: stored once, however many revisions hold it."""

    hash = fields.CharField(64, primary_key=True)
    text = fields.TextField()

    class Meta:
        """Names the table."""

        table = "source_file"


class DraftRow(Model):
    """What somebody has typed and not submitted."""

    id = fields.BigIntField(primary_key=True)
    account = fields.CharField(KEY)
    key = fields.CharField(KEY * 4)
    entry_id = fields.CharField(KEY)
    answers = fields.TextField()
    saved_at = fields.BigIntField()
    begun = fields.TextField(null=True)

    class Meta:
        """Names the table."""

        table = "draft"
        unique_together = (("account", "key"),)


class JobRow(Model):
    """A piece of long work."""

    number = fields.BigIntField(primary_key=True)
    id = fields.CharField(KEY, unique=True)
    kind = fields.CharField(KEY)
    place = fields.CharField(KEY, db_index=True)
    requested_by = fields.CharField(KEY)
    arguments = fields.TextField()
    state = fields.CharField(KEY, db_index=True)
    done = fields.BigIntField()
    total = fields.BigIntField()
    created_at = fields.BigIntField()
    beat = fields.BigIntField(null=True)
    result = fields.TextField(null=True)
    problem = fields.TextField(null=True)
    taker = fields.CharField(255, null=True)

    class Meta:
        """Names the table."""

        table = "job"


class RegulationDraftRow(Model):
    """A draft of a place's regulation: which of its steps is the newest, and whether it is open."""

    id = fields.CharField(KEY, primary_key=True)
    place = fields.CharField(KEY, db_index=True)
    title = fields.TextField()
    opened_by = fields.CharField(KEY)
    opened_at = fields.BigIntField()
    state = fields.CharField(KEY)
    head = fields.BigIntField()

    class Meta:
        """Names the table."""

        table = "regulation_draft"


class DraftStepRow(Model):
    """A saved state of a draft. `files` maps the paths that differ from `base` to hashes of FileRow, or to null."""

    id = fields.CharField(KEY * 2, primary_key=True)
    draft = fields.CharField(KEY)
    number = fields.BigIntField()
    kind = fields.CharField(KEY)
    saved_by = fields.CharField(KEY)
    saved_at = fields.BigIntField()
    base = fields.CharField(KEY)
    files = fields.TextField()
    of = fields.BigIntField(null=True)

    class Meta:
        """Names the table."""

        table = "regulation_draft_step"
        indexes = (Index(fields=("draft", "number"), name="regulation_draft_number"),)


class DraftMarkRow(Model):
    """What was done with one content of a draft on its way to being published: seen, approved."""

    id = fields.CharField(KEY * 4, primary_key=True)
    draft = fields.CharField(KEY, db_index=True)
    kind = fields.CharField(KEY)
    content = fields.CharField(KEY)
    made_by = fields.CharField(KEY)
    made_at = fields.BigIntField()
    value = fields.TextField()

    class Meta:
        """Names the table."""

        table = "regulation_draft_mark"


class RememberedRow(Model):
    """What was set up once and is offered again: a view of the ledger, what the columns of a list are."""

    id = fields.CharField(KEY, primary_key=True)
    place = fields.CharField(KEY)
    kind = fields.CharField(KEY)
    owner = fields.CharField(KEY)
    name = fields.CharField(KEY)
    value = fields.TextField()
    saved_at = fields.BigIntField()

    class Meta:
        """Names the table."""

        table = "remembered"
        indexes = (Index(fields=("place", "kind"), name="remembered_place"),)


class MetaRow(Model):
    """A fact of the installation: its id, the version of the derived tables."""

    key = fields.CharField(KEY, primary_key=True)
    value = fields.TextField()

    class Meta:
        """Names the table."""

        table = "meta"
