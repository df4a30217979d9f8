"""What a deployment sets: environment variables GRIDBOOK_…, or the same lines in `<data folder>/.env`.

Nothing here is about a community: that stands in the declared files. docs/settings.md explains each setting.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.domain.problem import Problem, ProblemError, Where

PREFIX = "GRIDBOOK_"
CHECKOUT = Path(__file__).resolve().parent.parent
"""The folder that holds app/, forms/, rules/ and config/."""

_SECRET_FILE = "storage-secret"  # noqa: S105 - the name of a file
_OWNER_ONLY = 0o600


class Settings(BaseSettings):
    """One deployment. Frozen; make it with `load_settings`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", env_ignore_empty=True)

    host: Annotated[
        str, Field(description="Address to listen on; 0.0.0.0 lets phones in the same network in.")
    ] = "127.0.0.1"
    port: Annotated[int, Field(description="Port to listen on.", ge=1, le=65535)] = 8420
    data: Annotated[
        Path, Field(description="Folder for the database, files, backups and the storage secret.")
    ] = Path("data")
    files: Annotated[Path, Field(description="Folder that holds forms/, rules/ and config/.")] = CHECKOUT
    database_url: Annotated[
        str,
        Field(
            description="Database; empty: SQLite in the data folder. PostgreSQL: asyncpg://user:…@host/name."
        ),
    ] = ""
    storage_secret: Annotated[
        SecretStr | None,
        Field(description="Key that signs sessions; empty: made once and kept in the data folder."),
    ] = None
    language: Annotated[
        Literal["zh", "en", "es"],
        Field(description="Language of readers whose browser asks for none of ours."),
    ] = "zh"
    pdf: Annotated[
        Literal["auto", "on", "off"],
        Field(description="PDFs: auto makes them where Pango and fonts are there, on insists, off never."),
    ] = "auto"
    public_url: Annotated[
        str,
        Field(description="Address that people type, for links in invitations; empty: the one they came by."),
    ] = ""
    trusted_proxies: Annotated[
        str,
        Field(
            description="Addresses of proxies whose X-Forwarded headers count, with commas; empty: none, *: all."
        ),
    ] = ""
    session_hours: Annotated[
        int, Field(description="Hours after which people log in again.", ge=1, le=24 * 31)
    ] = 12
    request_limit_kb: Annotated[
        int, Field(description="Largest request that isn't an upload, in kB.", ge=64, le=1_000_000)
    ] = 1024
    upload_limit_mb: Annotated[int, Field(description="Largest upload, in MB.", ge=1, le=4096)] = 20

    @field_validator("public_url")
    @classmethod
    def _origin(cls, value: str) -> str:
        value = value.rstrip("/")
        if value and (not value.startswith(("http://", "https://")) or value.count("/") != 2):  # noqa: PLR2004
            raise ValueError("an address such as https://grid.example.org")
        return value

    @property
    def database(self) -> str:
        """The database's address, the default filled in."""
        return self.database_url or f"sqlite://{self.data / 'gridbook.sqlite3'}"

    @property
    def contents(self) -> Path:
        """The folder of the contents that answers refer to: photos."""
        return self.data / "files"

    @property
    def prints(self) -> Path:
        """The folder of batches that are being printed, and of their files; it can be deleted."""
        return self.data / "prints"

    @property
    def uploads(self) -> Path:
        """The folder of lists that are being imported."""
        return self.data / "imports"


def load_settings() -> Settings:
    """Read the settings of the environment and of the data folder's `.env`; the environment wins.

    Raises ProblemError with every setting that is wrong (E901), or for a file that can't be read (E902).
    """
    folder = Path(os.environ.get(PREFIX + "DATA") or "data")
    dotenv = folder / ".env"
    try:
        return Settings(_env_file=dotenv, _env_file_encoding="utf-8", data=folder)
    except ValidationError as fault:
        raise ProblemError(*(_problem(str(e["loc"][0]), e["msg"], dotenv) for e in fault.errors())) from None
    except (OSError, UnicodeDecodeError) as fault:
        raise ProblemError(Problem("E902", Where(str(dotenv)), {"reason": type(fault).__name__})) from None


def _problem(name: str, expected: str, dotenv: Path) -> Problem:
    variable = PREFIX + name.upper()
    where = None if variable in os.environ else Where(str(dotenv))
    return Problem("E901", where, {"setting": variable, "expected": expected})


def storage_secret(settings: Settings) -> str:
    """Return the key that signs sessions; made once in the data folder, readable by its owner alone.

    Two processes that start at once agree: the file is created exclusively. Raises ProblemError (E903) when the folder
    can't be written.
    """
    if settings.storage_secret is not None:
        return settings.storage_secret.get_secret_value()
    path = settings.data / _SECRET_FILE
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        made = secrets.token_urlsafe(48)
        scratch = path.with_name(f"{_SECRET_FILE}.{secrets.token_hex(6)}")
        with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "w") as stream:
            stream.write(made)
        with suppress(FileExistsError):
            _name_once(scratch, path)
        scratch.unlink(missing_ok=True)
        return path.read_text(encoding="ascii").strip()
    except OSError as fault:
        raise ProblemError(
            Problem("E903", Where(str(settings.data)), {"reason": type(fault).__name__})
        ) from fault


def _name_once(scratch: Path, path: Path) -> None:
    """Give the finished file its name unless there is one: nobody reads a half-written one. Raises FileExistsError."""
    try:
        os.link(scratch, path)
    except FileExistsError:
        raise
    except (
        OSError
    ):  # a file system without hard links: the second of two simultaneous first starts could win here
        if path.exists():
            raise FileExistsError from None
        scratch.replace(path)
