"""The bootstrap script as a module: its file has no ending, so that it can be typed as a command."""

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


def load_script() -> ModuleType:
    loader = SourceFileLoader("gridbook_script", str(ROOT / "gridbook"))
    spec = spec_from_loader("gridbook_script", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module
