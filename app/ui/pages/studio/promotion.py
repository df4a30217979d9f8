"""Promotion: a community's change for all of a level above, with what it would do to the others there."""

from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlencode

from nicegui import ui

from app.domain.problem import Problem, ProblemError
from app.services.layers.views import LayersService, Raised, Sister
from app.services.reasons.paths import Members
from app.ui.frame import Action, button, frame, link
from app.ui.pages.studio.layer_parts import added_words, named, path_words
from app.ui.pages.studio.parts import STUDIO, file_changes, problem_rows
from app.ui.session import Session
from app.ui.widgets import Note, Section, Skeleton, Tag, box, icon, text

PROMOTE = "/layers/promote"
_MOST = 12


def promote_address(what: str, to: str, draft: str = "") -> str:
    """Return where a change is looked at as one of a level above."""
    return f"{PROMOTE}?" + urlencode({"what": what, "to": to, **({"draft": draft} if draft else {})})


def level_meant(to: str, place: str) -> str:
    """Return the level asked for; of an address that names none, the next one above the place ("": there is none)."""
    return to or place.rpartition("/")[0]


class PromotionPage:
    """One promotion before it is proposed. Each community is told by figures; whom it touches on demand."""

    def __init__(
        self, session: Session, layers: LayersService, what: str, to: str, draft: str, back: str
    ) -> None:
        """Keep what the page speaks with."""
        self._session = session
        self._t = session.t
        self._layers = layers
        self._what = what
        self._to = level_meant(to, session.actor.community)
        self._draft = draft
        self._back = back
        self._raised: Raised | None = None

    async def build(self) -> None:
        """Build the page: trying the change at each community takes a moment."""
        t = self._t
        with (
            frame(t("promote-title"), active="studio", back=self._back),
            box("stack sd-all pad-desk") as body,
        ):
            self._body = body
            Skeleton(5)
        ui.timer(0, self._fill, once=True)

    async def _fill(self) -> None:
        t = self._t
        try:
            raised = await self._layers.promotion(self._session.ref, self._draft, self._what, self._to)
        except ProblemError as fault:
            self._body.clear()
            place = self._session.actor.community
            titles = {one: self._session.services.place_title(one) for one in (place, self._to)}
            with suppress(ProblemError):
                view = await self._layers.view(self._session.ref, self._draft)
                fault = ProblemError(*named(t, fault.problems, view, titles))
            with self._body:
                problem_rows(t, fault.problems)
                with box("gb-act-row ly-pad"):
                    link(t("layers-title"), self._back, "gb-button gb-btn-line")
            return
        self._raised = raised
        self._body.clear()
        with self._body:
            self._told = box("stack ly-pad").props("role=status")
            self._head(raised)
            for sister in raised.sisters:
                self._sister(sister, raised.members)
            self._act(raised)

    def _head(self, raised: Raised) -> None:
        t = self._t
        level = t.text(raised.title) or raised.to
        with Section(t("promote-what", level=level)):
            text(self._called(raised), "strong")
            if raised.along:
                text(t("promote-along", what=t.listed([t.text(one) for one in raised.along])))
            text(t("promote-decides", level=level) if raised.decides else t("promote-how"), "meta")
            self._levels(raised)
            with box("sc-more", "details"):
                text(t("promote-files", n=len(raised.files)), tag="summary")
                file_changes(t, raised.files, whole=True)

    def _called(self, raised: Raised) -> str:
        """Return what is brought up: the definition's title, and where in it the figure stands."""
        t = self._t
        name = t.text(raised.name) or raised.what.partition("/")[0]
        return t.dotted(name, path_words(t, raised.what, raised.members))

    def _levels(self, raised: Raised) -> None:
        """Offer the other levels above, where there are some."""
        place = self._session.actor.community
        above = [place.rsplit("/", count)[0] for count in range(1, place.count("/") + 1)]
        for level in above:
            if level != raised.to:
                title = self._t.text(self._session.services.place_title(level)) or level
                address = promote_address(self._what, level, self._draft)
                link(self._t("promote-other", level=title), address, "gb-link")

    def _sister(self, sister: Sister, members: Members) -> None:
        t = self._t
        mine = sister.place == self._session.actor.community
        with Section(t.text(sister.title) or sister.place, t("promote-here") if mine else ""):
            if sister.keeps:
                Note(t("promote-keeps"), "plain")
            for path, before, after in sister.moves[:_MOST]:
                added = sister.added.get(path)
                named_so = "" if added is None else added_words(t, added)
                called = path_words(t, path, members) or path
                with box("row-c wrap"):
                    if called != named_so:
                        text(called, "", "span")
                    if before:
                        text(before, "num", "span")
                        icon("arrow_forward")
                    elif named_so:
                        icon("add")
                    text(named_so or after, "strong" if named_so else "num strong", "span")
            if sister.gains:
                text(t("promote-gains", what=t.listed([t.text(one) for one in sister.gains])), "strong")
            if not sister.moves and not sister.gains and not mine:
                text(t("promote-nothing"), "meta")
            if mine and not sister.moves:
                text(t("promote-same-here"), "meta")
            problem_rows(t, [self._in_words(one) for one in sister.problems])
            if not sister.published:
                Tag(t("promote-unpublished"), "warning")
            elif sister.moves and self._layers.tells_effects:
                self._effects(sister)

    def _in_words(self, problem: Problem) -> Problem:
        """Return a problem that names what is brought up by its path with its titles instead."""
        if problem.values.get("what") != self._what or self._raised is None:
            return problem
        return replace(problem, values={**problem.values, "what": self._called(self._raised)})

    def _effects(self, sister: Sister) -> None:
        """Offer to work out whom it touches there: totals alone, since one isn't of that community."""
        t = self._t
        holder = box("stack").props("role=status")

        async def work_out() -> None:
            holder.clear()
            with holder:
                Skeleton(2)
            try:
                period, lines = await self._layers.touched(
                    self._session.ref, self._draft, self._what, self._to, sister.place, t
                )
            except ProblemError as fault:
                holder.clear()
                with holder:
                    problem_rows(t, fault.problems)
                return
            holder.clear()
            with holder:
                text(t("promote-over", period=period), "meta")
                with box("ly-heads", "ul"):
                    for line in lines:
                        text(line, "strong", "li")

        with holder:
            button(Action(t("promote-work-out"), on_click=work_out, icon="calculate")).mark(
                f"effects-{sister.place}"
            )

    def _act(self, raised: Raised) -> None:
        t = self._t
        there = [sister for sister in raised.sisters if sister.published]

        async def propose() -> None:
            self._told.clear()
            level = t.text(raised.title) or raised.to
            title = t("promote-draft-title", level=level, what=self._called(raised))
            try:
                opened = await self._layers.propose(
                    self._session.ref, self._draft, self._what, self._to, title
                )
            except ProblemError as fault:
                with self._told:
                    problem_rows(t, fault.problems)
                return
            with self._told:
                done = t("promote-handed-over", level=level) if raised.decides else ""
                Note(done or t("promote-done", n=len(opened)), "act")
                link(t("studio-back"), STUDIO, "gb-button gb-btn-line")

        action = Action(
            t("promote-hand-over", level=t.text(raised.title) or raised.to)
            if raised.decides
            else t("promote-do", n=len(there)),
            on_click=propose,
            icon="arrow_upward",
            why_not=t("promote-faults") if raised.errors else "",
        )
        with box("gb-act-row ly-pad"):
            button(action, "act").mark("propose")
