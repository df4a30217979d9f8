"""Every page that is registered, by its route: who opens it at which address, and what stands there once it is drawn.

A route that is in neither table fails tests/ui/test_literals.py: whoever adds a page adds how it is looked at.
"""

from dataclasses import dataclass

DIRECTOR, LEADER, STREET, STRANGER = "shenruolan", "zhoumin", "lujing", ""
HEAD = "qianjiang"
"""Of a street above communities, whose people have other pages."""


@dataclass(frozen=True, slots=True)
class Look:
    """A page as somebody opens it: `{…}` in the address is what its server knows, `shows` what is there at last.

    `status` is that of the answer. What is `alike` another look, with other records or a part less, has no words of its
    own worth a look in each language: it is looked at in Chinese alone.
    """

    path: str
    login: str = DIRECTOR
    shows: str = ".gb-main"
    status: int = 200
    alike: bool = False


PLAIN = "main"
"""Of a document that isn't NiceGUI's."""

PAGES: dict[str, tuple[Look, ...]] = {
    "/login": (Look("/login", STRANGER, PLAIN), Look("/login?done=logout", STRANGER, PLAIN, alike=True)),
    "/invitation/{secret}": (
        Look("/invitation/{secret}", STRANGER, PLAIN),
        Look("/invitation/x", STRANGER, PLAIN, 410),
    ),
    "/password": (Look("/password", LEADER, PLAIN),),
    "/account": (Look("/account"),),
    "/communities": (Look("/communities", HEAD, ".ab-table"),),
    "/accounts": (Look("/accounts"),),
    "/people": (Look("/people"), Look("/people", HEAD, alike=True)),
    "/places": (Look("/places", alike=True), Look("/places?draft={draft}", DIRECTOR, ".pl-row")),
    "/today": (Look("/today", LEADER, ".td-row"), Look("/today", DIRECTOR, ".nt-row")),
    "/fill/{form}": (
        Look("/fill/visit?subject=hh-1", LEADER, "[data-kept]"),
        Look("/fill/household", LEADER, "[data-kept]", alike=True),
    ),
    "/correct/{entry}": (Look("/correct/visit-003", LEADER),),
    "/attach/{entry}": (Look("/attach/visit-000-c", LEADER),),
    "/several/{duty}": (Look("{several}", LEADER),),
    "/drafts": (Look("/drafts", LEADER),),
    "/drafts/{key}": (Look("/drafts/visit:000000000000000000000000", LEADER, alike=True),),
    "/households": (Look("/households", LEADER),),
    "/subjects/{about}": (
        Look("/subjects/household", alike=True),
        Look("/subjects/person?on=2025-12-01&known=2025-12-31"),
    ),
    "/record": (Look("/record", LEADER),),
    "/subjects/{about}/{subject}": (
        Look("/subjects/household/hh-1", LEADER),
        Look("/subjects/household/hh-1?done=visit-003", LEADER, alike=True),
        Look("/subjects/household/nobody", DIRECTOR, PLAIN, 404),
    ),
    "/subjects/{about}/{subject}/change/{kind}": tuple(
        Look(f"/subjects/household/hh-1/change/{kind}")
        for kind in ("out", "transfer", "merge?other=hh-5", "split")
    ),
    "/duplicates/{about}": (Look("/duplicates/household"),),
    "/mend/{about}": (Look("/mend/household"),),
    "/move/{about}": (Look("/move/household"),),
    "/ledger": (
        Look("/ledger", DIRECTOR, ".lg-grid"),
        Look("/ledger?form=visit", LEADER, ".lg-grid", alike=True),
    ),
    "/entry/{entry}": (Look("/entry/visit-000", LEADER),),
    "/entry/{entry}/versions": (Look("/entry/visit-000/versions"),),
    "/flags": (Look("/flags"), Look("/flags", LEADER, PLAIN, 403)),
    "/score": (
        Look("/score?year=2025", LEADER, ".sc-chart"),
        Look("/score?year=2026", LEADER, ".sc-line", alike=True),
        Look("/score?year=2025&item=score:reports", LEADER, ".sc-chain"),
    ),
    "/staff": (Look("/staff", DIRECTOR, ".st-row"),),
    "/staff/{person}": (Look("/staff/w-1?year=2026"),),
    "/appraisals": (Look("/appraisals"),),
    "/appraisals/{appraisal}/{year}": (
        Look("/appraisals/final/2025", DIRECTOR, ".yr-rank"),
        Look("/appraisals/final/2024"),
    ),
    "/year/{appraisal}/{period}/step/{step}": (Look("/year/final/2024/step/publish"),),
    "/year/{appraisal}/{period}/excuse/{assessor}": (Look("/year/final/2024/excuse/w-3", STREET),),
    "/year/{period}/summary/{form}": (Look("/year/2023/summary/summary", LEADER),),
    "/year/{period}/appeal": (Look("/year/2025/appeal?item=score/reports", "majun"),),
    "/year/appeals/{entry}": (
        Look("/year/appeals/appeal-2025-w-1", STREET),
        Look("/year/appeals/appeal-2025-w-4", alike=True),
    ),
    "/year/appeals/{entry}/decide": (Look("/year/appeals/appeal-2025-w-1/decide", STREET),),
    "/year/{period}/marks": (Look("/year/2024/marks"),),
    "/prints": (Look("/prints"),),
    "/rules": (Look("/rules"),),
    "/compose": (Look("/compose"), Look("/compose?draft={draft}&path={file}", DIRECTOR, ".co-sentence")),
    "/compose/clauses": (Look("/compose/clauses?draft={draft}"),),
    "/compose/texts": (Look("/compose/texts?draft={draft}", DIRECTOR, ".co-clause"),),
    "/compose/preview": (Look("/compose/preview?draft={draft}&path=forms/visit.yaml"),),
    "/impact": (Look("/impact"), Look("/impact", HEAD, alike=True)),
    "/impact/{run}": (Look("/impact/{run}", DIRECTOR, ".fx-heads"), Look("/impact/none")),
    "/impact/{run}/who": (Look("/impact/{run}/who?sort=worker&id=w-1"),),
    "/impact/{run}/row": (Look("/impact/{run}/row?sort=worker&id=w-1&n=0", DIRECTOR, ".fx-steps, .muted"),),
    "/studio": (Look("/studio"),),
    "/studio/compare": (Look("/studio/compare?one={earlier}&other={now}"),),
    "/studio/{draft}": (Look("/studio/{draft}", alike=True), Look("/studio/{broken}")),
    "/studio/{draft}/file": (Look("/studio/{broken}/file?path={file}", DIRECTOR, ".cm-content[aria-label]"),),
    "/studio/{draft}/publish": (Look("/studio/{draft}/publish"),),
    "/layers": (Look("/layers", alike=True), Look("/layers?draft={draft}")),
    "/layers/promote": (Look("/layers/promote?what={file}&draft={draft}"),),
    "/plugins": (Look("/plugins?draft={draft}"),),
    "/sandbox": (Look("/sandbox"), Look("/sandbox?draft={draft}", alike=True)),
    "/import": (Look("/import"),),
    "/import/{job}": (
        Look("/import/{checked}", DIRECTOR, ".im-fault"),
        Look("/import/{uploaded}", DIRECTOR, ".im-col"),
    ),
    "/export": (Look("/export"),),
}
NOWHERE = (Look("/no-such-page", STRANGER, PLAIN, 404), Look("/no-such-page", LEADER, PLAIN, 404, alike=True))
"""What is there for an address that isn't one."""

ELSEWHERE = {
    "/": "leads on",
    "/logout": "answers a GET with an error page",
    "/welcome": "of an instance without anybody: test_shell_looks.py",
    "/demo": "of an instance with the demo: test_shell_looks.py",
    "/assets/{name}": "a file",
    "/files/{sha256}": "a file",
    "/export/{sort}/{name}.{kind}": "a file",
    "/ledger/file/{name}": "a file",
    "/appraisals/{appraisal}/{year}/pdf/{about:path}": "a file",
    "/appraisals/{appraisal}/{year}/trace/{about:path}": "a file",
    "/blank-list/{form}": "a file",
    "/impact/{run}/pdf": "a file",
    "/reports/{year}.pdf": "a file",
    "/certificates/{year}/{finding:path}": "a file",
    "/subjects/{about}/{subject}/card.pdf": "a file",
    "/import/{job}/faults.xlsx": "a file",
    "/prints/{job}.{which}": "a file",
    "/communities/{job}.pdf": "a file",
}
"""The other routes, and why they aren't looked at here."""
