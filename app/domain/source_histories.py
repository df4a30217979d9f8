"""The tables of a described subject: its states over time, one row a subject, and the posts that are held."""

from collections.abc import Iterable, Iterator, Mapping

from app.domain.core.values import NotApplicable, Value
from app.domain.entry import Entry
from app.domain.kinds.form import Form
from app.domain.membership import Joined, State, Statement, history, history_of, members, posts_fields
from app.domain.source_rows import EntryReader
from app.domain.source_table import Key, Row, Table


def history_table(subject: str) -> str:
    """Return the name of the table of a subject's states; the form's moments have its own name."""
    return f"{subject}.history"


def subjects_table(subject: str) -> str:
    """Return the name of the table with one row a subject."""
    return f"{subject}.subjects"


class Histories:
    """What the standing entries of a form say of each subject, and the rows that follow."""

    def __init__(self, form: Form, subject: str, reader: EntryReader, holders: Table) -> None:
        """Start empty. `holders` is the table of posts: filled here if `form` is the one of appointments."""
        self._reader = reader
        self._states = Table(history_table(subject))
        self._subjects = Table(subjects_table(subject))
        self._holders = holders
        fields = [item.id for item in form.fields]
        posts = posts_fields(form)
        self._post = None if posts is None else (fields.index(posts[0]), fields.index(posts[1]))
        self._statements: dict[str, dict[str, Statement]] = {}
        self._joined: Mapping[str, Joined] = {}
        self._led: dict[str, str] = {}
        self._touched: dict[str, None] = {}  # in order of arrival
        self._keys: dict[str, list[Key]] = {}
        self._post_keys: dict[str, list[Key]] = {}

    def tables(self) -> Iterator[Table]:
        """Yield the tables that only this form fills."""
        yield self._states
        yield self._subjects

    def add(self, entry: Entry, subjects: tuple[str | NotApplicable, ...], answers: Row) -> None:
        """Note what an entry says of its subjects."""
        post = () if self._post is None else (answers[self._post[0]], answers[self._post[1]], entry.place)
        statement = Statement(
            entry.at,
            entry.id,
            self._reader.ends(answers),
            (entry.place, *self._reader.content(answers)),
            post,
        )
        for subject in map(str, subjects):
            self._statements.setdefault(subject, {})[entry.id] = statement
            self._touched[subject] = None

    def remove(self, entry: Entry, subjects: tuple[str | NotApplicable, ...]) -> None:
        """Forget what an entry said."""
        for subject in map(str, subjects):
            del self._statements[subject][entry.id]
            self._touched[subject] = None

    def regroup(self, joined: Mapping[str, Joined]) -> None:
        """Let records be one, by the subject that stands for them; what was one before is no more."""
        for known in (self._joined, joined):
            self._touched.update(dict.fromkeys(one for record in known.values() for one in members(record)))
        self._joined = joined
        self._led = {one: standing for standing, record in joined.items() for one in members(record)}

    def _states_of(self, subject: str) -> list[State]:
        """Return the states of a subject and of those that it stands for; none for one that another stands for."""
        if self._led.get(subject, subject) != subject:
            return []
        joined = self._joined.get(subject)
        if joined is None:
            return history(self._statements.get(subject, {}).values())
        return history_of(joined, lambda one: self._statements.get(one, {}).values())

    def settle(self) -> None:
        """Bring up to date the rows of the subjects of which something new is known."""
        for subject in [*self._touched] if self._led else ():
            self._touched[self._led.get(subject, subject)] = None
        for subject in self._touched:
            states = self._states_of(subject)
            rows: dict[Key, Row] = {
                (subject, state.start): (
                    subject,
                    state.start,
                    state.end,
                    state.statement.id,
                    *state.statement.content,
                )
                for state in states
            }
            _replace(self._states, self._keys.get(subject, ()), rows)
            self._keys[subject] = list(rows)
            whole: Row = (subject, states[0].start, states[-1].end) if states else ()
            known = (subject,) in self._subjects.rows
            _replace(self._subjects, [(subject,)] if known else (), {(subject,): whole} if whole else {})
            if self._post is not None:
                posts = _posts(subject, states)
                _replace(self._holders, self._post_keys.get(subject, ()), posts)
                self._post_keys[subject] = list(posts)
            if not self._statements.get(subject, True):
                del self._statements[subject]
        self._touched.clear()


def _posts(subject: str, states: list[State]) -> dict[Key, Row]:
    """Return the rows of an appointment: states that follow one another in the same post are one."""
    rows: dict[Key, Row] = {}
    held: State | None = None
    start: Value = None
    for state in states:
        if held is None or held.end != state.start or held.statement.post != state.statement.post:
            start = state.start
        rows[subject, start] = (subject, *state.statement.post, start, state.end)
        held = state
    return rows


def _replace(table: Table, old: Iterable[Key], rows: dict[Key, Row]) -> None:
    for key in old:
        if key not in rows:
            table.drop(key)
    for key, row in rows.items():
        if table.rows.get(key) != row:
            table.put(key, row)
