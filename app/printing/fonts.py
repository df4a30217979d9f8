"""Whether the system has a font with Chinese characters."""

import shutil
import subprocess
import sys

SECONDS = 20
_FC_LIST = "fc-list"


def has_chinese() -> bool:
    """Ask fontconfig for fonts that cover Chinese; macOS and Windows come with some."""
    if sys.platform in {"darwin", "win32"}:
        return True
    command = shutil.which(_FC_LIST)
    if command is None:
        return False
    try:
        found = subprocess.run(  # noqa: S603 - a fixed command without a shell
            [command, ":lang=zh-cn", "family"], capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return found.returncode == 0 and bool(found.stdout.strip())
