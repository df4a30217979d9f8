"""`plugins`: what is installed, what each brings, and the JSON Schema of what can be set of it."""

import argparse
import json

from app import plugins
from app.cli.codes import Exit
from app.cli.console import Console
from app.domain.core.aggregates import AGGREGATES
from app.domain.core.methods import METHODS
from app.domain.kinds.counting import COUNTINGS, WINDOWS
from app.domain.plausibility import CHECKS
from app.domain.plugin import PLUGINS, faults


def plugins_(options: argparse.Namespace, console: Console) -> Exit:
    """List the plugins, or print the schema of `plugins.yaml`. PROBLEMS where one couldn't be started."""
    manager = plugins.load()
    if options.schema:
        from app.declarations.published import json_schemas  # noqa: PLC0415 - the schemas take a while to make

        console.result(json.dumps(json_schemas()["plugins"], ensure_ascii=False, indent=2, sort_keys=True))
        return Exit.OK
    sorts = (manager.types, AGGREGATES, METHODS, COUNTINGS, WINDOWS, CHECKS)
    for one in PLUGINS.values():
        if not one.failed:
            version = one.version or console.t("cli-plugins-along")
            console.result(console.t("cli-plugins-one", name=one.name, version=version))
            for registry in sorts:
                names = [name for name in registry if registry.owner(name) == one.name]
                if names:
                    sort = console.t(f"cli-plugins-{registry.sort.replace('_', '-')}")
                    console.result(f"  {sort}: {', '.join(names)}")
            for setting in one.settings.values():
                told = f"{setting.id} = {setting.default}"
                console.result(f"  {console.t('cli-plugins-setting')}: {told}")
    found = faults()
    console.problems(found)
    return Exit.PROBLEMS if any(one.failed for one in PLUGINS.values()) else Exit.OK
