"""What a draft of the layer above changes in each community below: totals alone, worked out one after the other."""

from app.domain.problem import ProblemError
from app.services.above.layer import LayerImpact, Reach, Reached
from app.ui.frame import Action, button, frame
from app.ui.pages.studio.parts import STUDIO, draft_address, problem_rows
from app.ui.session import Session
from app.ui.widgets import EmptyState, Note, Section, Skeleton, Tag, box, text


class LayerImpactPage:
    """One view of a draft's reach; each community is told when it is asked for, or all of them in turn."""

    def __init__(self, session: Session, impact: LayerImpact, draft: str) -> None:
        """Keep what the page speaks with."""
        self._session = session
        self._t = session.t
        self._impact = impact
        self._draft = draft
        self._working = False

    async def build(self) -> None:
        """Build the page."""
        t = self._t
        back = draft_address(self._draft) if self._draft else STUDIO
        with (
            frame(t("impact-title"), active="studio", back=back),
            box("stack pad-desk sd-all"),
        ):
            if not self._draft:
                EmptyState(t("studio-none"), t("studio-none-what"), "edit_note")
                return
            self._told = box("stack ly-pad").props("role=status")
            self._body = box("stack")
            await self._draw()

    async def _draw(self) -> None:
        try:
            reach = await self._impact.reach(self._session.ref, self._draft)
        except ProblemError as fault:
            self._body.clear()
            with self._body:
                problem_rows(self._t, fault.problems)
            return
        self._body.clear()
        with self._body:
            self._head(reach)
            for one in reach.communities:
                self._community(reach, one)

    def _head(self, reach: Reach) -> None:
        t = self._t
        with Section(t("above-impact")), box("stack"):
            text(t("above-impact-what", period=reach.period), "muted")
            if reach.seen:
                Note(t("above-impact-seen"), "act")
            with box("gb-act-row"):
                left = [one for one in reach.communities if one.published and one.told is None]
                if left and not self._working:
                    work = Action(
                        t("above-impact-do", n=len(left)),
                        on_click=lambda: self._work_out(reach, left),
                        icon="calculate",
                    )
                    button(work, "act").mark("work-out")
                address = f"{draft_address(self._draft)}/publish"
                forward = Action(t("studio-forward"), href=address, icon="gavel")
                button(forward, "act" if reach.seen else "line")

    def _community(self, reach: Reach, one: Reached) -> None:
        t = self._t
        with Section(t.text(one.title)):
            if not one.published:
                Tag(t("promote-unpublished"), "warning")
                return
            problem_rows(t, one.problems)
            if one.told is not None:
                text(t("promote-over", period=reach.period), "meta")
                with box("ly-heads", "ul"):
                    for line in one.told:
                        text(line, "strong", "li")
            elif one.changes:
                text(t("above-impact-waits"), "meta")
            else:
                text(t("above-impact-same"), "meta")

    async def _work_out(self, reach: Reach, left: list[Reached]) -> None:
        """Tell one community after the other; what went wrong in one is said, and ends it."""
        if self._working:  # a second press while the first one is at it
            return
        t = self._t
        self._working = True
        for number, one in enumerate(left, 1):
            self._told.clear()
            with self._told:
                text(t("above-impact-at", place=t.text(one.title), n=number, of=len(left)), "strong")
                Skeleton(2)
            try:
                await self._impact.work_out(self._session.ref, reach.draft, one.place, t)
            except ProblemError as fault:
                self._working = False
                self._told.clear()
                with self._told:
                    problem_rows(t, fault.problems)
                await self._draw()
                return
            self._working = number < len(left)
            await self._draw()
        self._told.clear()
