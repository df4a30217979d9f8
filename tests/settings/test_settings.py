"""Settings of a deployment: where they come from, what is wrong with one, and that each is documented."""

import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.domain.problem import ProblemError
from app.i18n import LANGUAGES, Translator
from app.settings import PREFIX, Settings, load_settings, storage_secret

DOCS = Path(__file__).parents[2] / "docs" / "settings.md"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    monkeypatch.setenv("GRIDBOOK_DATA", str(tmp_path))
    return tmp_path


def test_without_any_setting_the_app_is_for_this_machine_alone(folder: Path) -> None:
    settings = load_settings()
    assert (settings.host, settings.language, settings.pdf) == ("127.0.0.1", "zh", "auto")
    assert settings.database == f"sqlite://{folder / 'gridbook.sqlite3'}"


def test_a_setting_comes_from_the_data_folders_file_and_the_environment_wins(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".env").write_text(
        "GRIDBOOK_PORT=9001\n# a remark\nGRIDBOOK_HOST='0.0.0.0'\nGRIDBOOK_LANGUAGE=\n"
    )
    monkeypatch.setenv("GRIDBOOK_PORT", "9002")
    settings = load_settings()
    assert (settings.port, settings.host, settings.language) == (9002, "0.0.0.0", "zh")  # noqa: S104 - as set


def test_everything_that_is_wrong_is_told_at_once_with_its_place(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".env").write_text("GRIDBOOK_PORT=many\nGRIDBOOK_PDF=maybe\n")
    monkeypatch.setenv("GRIDBOOK_PUBLIC_URL", "grid.example.org/app")
    with pytest.raises(ProblemError) as caught:
        load_settings()
    found = {str(problem.values["setting"]): problem.where for problem in caught.value.problems}
    assert list(found) == ["GRIDBOOK_PORT", "GRIDBOOK_PDF", "GRIDBOOK_PUBLIC_URL"]
    assert str(found["GRIDBOOK_PORT"]) == str(folder / ".env")
    assert found["GRIDBOOK_PUBLIC_URL"] is None
    for language in LANGUAGES:
        text = Translator(language).problem(caught.value.problems[0])
        assert "GRIDBOOK_PORT" in text.what
        assert "docs/settings.md" in text.remedy


def test_a_settings_file_that_cant_be_read_is_told(folder: Path) -> None:
    (folder / ".env").write_bytes(b"GRIDBOOK_HOST=\xff\xfe\x00")
    with pytest.raises(ProblemError) as caught:
        load_settings()
    assert caught.value.problems[0].code == "E902"


@pytest.mark.parametrize(
    "url", ["https://grid.example.org", "https://grid.example.org/", "http://10.0.0.5:8420"]
)
def test_a_public_address_is_an_origin(folder: Path, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("GRIDBOOK_PUBLIC_URL", url)
    assert load_settings().public_url == url.rstrip("/")


def test_the_storage_secret_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "new" / "folder")
    first = storage_secret(settings)
    assert len(first) >= 43
    assert storage_secret(settings) == first
    files = list(settings.data.iterdir())
    assert [path.name for path in files] == ["storage-secret"]
    assert stat.S_IMODE(files[0].stat().st_mode) == 0o600


def test_processes_that_start_at_once_agree_on_the_secret(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(lambda _: storage_secret(settings), range(32)))
    assert len(secrets) == 1


def test_a_secret_that_is_set_is_used_and_never_shown(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRIDBOOK_STORAGE_SECRET", "a secret of the deployment")
    settings = load_settings()
    assert storage_secret(settings) == "a secret of the deployment"
    assert "a secret" not in repr(settings)
    assert list(folder.iterdir()) == []


def test_a_data_folder_that_cant_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ProblemError) as caught:
        storage_secret(Settings(data=tmp_path / "file"))
    assert caught.value.problems[0].code == "E903"


def test_every_setting_is_documented_with_its_default() -> None:
    text = DOCS.read_text(encoding="utf-8")
    documented = dict(re.findall(r"^\| `(GRIDBOOK_\w+)` \| (.*?) \|", text, re.MULTILINE))
    expected = {}
    for name, field in Settings.model_fields.items():
        default = {"files": "the checkout", "storage_secret": ""}.get(name, str(field.default))
        expected[PREFIX + name.upper()] = f"`{default}`" if default else "empty"
        assert field.description, name
        assert field.description in text, name
    assert documented == expected
