# The ledger's page: views, correcting many, versions
problem-E771 = This is somebody else’s record, which your post can’t correct.
    .remedy = Ask whoever recorded it, or somebody whose post may correct others’ records.
problem-E772 = This record doesn’t have the question, or isn’t asked it by its other answers.
    .remedy = Open the record and correct it by itself.
problem-E773 = At most { $most } records can be changed at once.
    .remedy = Narrow the list and do it in several steps.
problem-E774 = There is no name yet.
    .remedy = Give the view a name.
problem-E775 = This view isn’t there any more.
    .remedy = Open the ledger again to see which views there are.
problem-E776 = There is a view called “{ $name }” already.
    .remedy = Take another name, or let that view show what you see now with the button beside it.
export-title = Export and print
export-sub = Registers, records and printed registers as files
export-which = Which ones
export-which-what = Registers as they were on a day, now unless you choose one; records of a period. Sensitive answers never go out.
export-day = Registers as of
export-printed = Printed registers
export-lists = Registers and records
export-register = Register
export-entries = Records
export-as-xlsx = Excel
export-as-csv = csv
export-as-pdf = PDF
export-making = Making the file…
export-making-rows = Making the file: { $n } rows so far…
export-ledger-what = All records that the filters find, with the chosen columns. Sensitive answers never go out.
views-title = Views
views-all = Open all records
views-save = Save what is shown as a view
views-save-what = It keeps filters, order and columns, never the words that you searched for.
views-close = Close
views-name = Name
views-share = Share with the office
views-save-do = Save the view
views-none = No views yet
views-none-what = Narrow the list and save it: the next time it is one tap away.
views-shared = Shared with the office
views-own = Your own
views-is-default = Shown first
views-default = Show “{ $name }” first
views-no-default = Don’t show “{ $name }” first any more
views-rename = Rename “{ $name }”
views-rename-do = Rename
views-change = Let “{ $name }” show what is shown now
views-delete = Delete “{ $name }”
bulk-pick = Select several
bulk-picked = Select
bulk-row = Select { $what } { $at }
bulk-n = { $n } selected
bulk-all = Select all { $n } that were found
bulk-form-first = Choose a form first, then its records can be corrected together.
bulk-correct = Correct
bulk-withdraw = Withdraw
bulk-question = Question
bulk-answer = New answer: { $title }
bulk-why = Why
bulk-preview = See what would change
bulk-no-question = Choose a question first.
bulk-changes = { $n ->
        [one] { $n } record changes
       *[other] { $n } records change
    }, of { $of } selected
bulk-same = { $n } say so already.
bulk-losing = { $n ->
        [one] { $n } record isn’t
       *[other] { $n } records aren’t
    } asked other questions any more: those answers no longer count (they stay readable in the history).
bulk-more = and { $n } more
bulk-refused = { $n } can’t be changed
bulk-correct-do = { $n ->
        [one] Correct { $n } record
       *[other] Correct { $n } records
    }
bulk-withdraw-what = Withdrawn records count no more and stay readable. For a minute they can be restored together.
bulk-withdraw-do = { $n ->
        [one] Withdraw { $n } record
       *[other] Withdraw { $n } records
    }
bulk-nothing = Nothing is ticked yet: tick some, or choose all that was found.
bulk-none = None of them can be withdrawn.
bulk-corrected = { $n ->
        [one] { $n } record corrected
       *[other] { $n } records corrected
    }; it can be undone for a minute.
bulk-withdrawn = { $n ->
        [one] { $n } record withdrawn
       *[other] { $n } records withdrawn
    }; it can be undone for a minute.
bulk-undo = Undo
versions-title = Versions
versions-open = See the versions side by side
versions-n = { $n ->
        [one] { $n } version
       *[other] { $n } versions
    }
versions-same = Never changed
versions-all = What was recorded
versions-who = Who and when
versions-changed = Changed
