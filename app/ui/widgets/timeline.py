"""Timeline: what happened, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from nicegui import ui

from app.ui.widgets.basic import box, icon, text


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing: `what` in a word, `when` and `who` beside it, `told` what was said; `bad` for what was missed."""

    icon: str
    what: str
    when: str
    who: str = ""
    told: str = ""
    bad: bool = False
    href: str = ""


class Timeline(ui.element):
    """An ordered list of moments."""

    def __init__(self, moments: Sequence[Moment], join: str = " · ") -> None:
        """Build the list; `join` stands between when and who."""
        super().__init__("ol")
        self.classes("gb-tl")
        with self:
            for moment in moments:
                with box(tag="li"):
                    with box("dot bad" if moment.bad else "dot"):
                        icon(moment.icon)
                    with box():
                        with box("row-b"):
                            what = text(moment.what, "strong", "a" if moment.href else "span")
                            if moment.href:
                                what.props["href"] = moment.href
                            text(
                                join.join(part for part in (moment.when, moment.who) if part), "meta", "span"
                            )
                        if moment.told:
                            text(moment.told)
