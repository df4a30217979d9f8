# Registers: as of a day, changes, duplicates, what is to be mended
register-as-of-now = As of now
register-as-of = At the end of { $day }
register-as-known = as recorded by { $day }
register-on = Register as of
register-known = As recorded by
register-look = Show
register-now = Back to now
register-known-what = The first day is when things happened, the second when they were recorded. Either can be left open.
register-who = Part of the register
register-who-present = Listed
register-who-came = 
    { $moves ->
        [yes] Came this month
       *[no] New this month
    }
register-who-left = 
    { $moves ->
        [yes] Left this month
       *[no] Ended this month
    }
register-who-gone = 
    { $moves ->
        [yes] Moved out
       *[no] Ended
    }
register-since = since { $day }
register-until = until { $day }
register-aliases =
    { $n ->
        [one] Another record was merged into this one
       *[other] { $n } other records were merged into this one
    }
register-links =
    { $n ->
        [one] 1 record
       *[other] { $n } records
    }
register-change = Change
register-hidden-change = Changed; your post doesn’t see what
register-out = 
    { $moves ->
        [yes] Moved out
       *[no] Ended
    }
register-out-what = 
    { $moves ->
        [yes] Moved out on which day?
       *[no] Ended on which day?
    }
register-out-how = From this day on it is no longer in the register, and nothing more falls due. What was recorded stays.
register-out-on = 
    { $moves ->
        [yes] Moved out on
       *[no] Ended on
    }
register-out-do = 
    { $moves ->
        [yes] Record the move out
       *[no] Record the end
    }
register-back = 
    { $moves ->
        [yes] Moved in again
       *[no] In the register again
    }
register-back-what = 
    { $moves ->
        [yes] Moved in again on which day?
       *[no] In it again from which day?
    }
register-back-how = The same record goes on; from this day it is in the register again.
register-back-on = 
    { $moves ->
        [yes] Moved in on
       *[no] In it again from
    }
register-back-do = 
    { $moves ->
        [yes] Record the move in
       *[no] Record the return
    }
register-transfer = Transfer to another grid
register-transfer-what = Where to?
register-transfer-how = Visits made stay with who made them; what is left to do goes to the new grid.
register-transfer-on = Transferred on
register-transfer-do = Record the transfer
register-merge = Merge a duplicate
register-merge-what = Which record is the same?
register-merge-how = The two were one all along. Entries, duties and references go to the record that is kept; it can be taken back at any time.
register-merge-do = Merge
register-merge-follows =
    { $n ->
        [one] 1 entry goes to the record that is kept.
       *[other] { $n } entries go to the record that is kept.
    }
register-split = Split into two
register-split-what = What is split off?
register-split-how = A new record is made and gets the entries that are ticked; the rest stays. It can be taken back at any time.
register-split-on = The new record begins on
register-split-do = Split
register-split-follows =
    { $n ->
        [one] 1 entry goes to the new record.
       *[other] { $n } entries go to the new record.
    }
register-place = Grid
register-other = Record that is absorbed
register-along = Records that go along
register-entries-taken = { $n } of { $of } chosen
register-entries = Entries that go to the new record
register-reason = Reason
register-leave = Leave it as it is
register-preview = Preview
register-planned = Will be recorded
register-planned-n =
    { $n ->
        [one] 1 entry
       *[other] { $n } entries
    }
register-undoable = It can be taken back: that is an entry too, and afterwards all is as it was.
register-owed-before = Owed now
register-owed-after = Owed afterwards
register-mend-first = Mend “{ $whom }” first
register-owed-none = Nothing is owed
register-owed-none-before = There is nothing to do now.
register-owed-none-after = There will be nothing to do.
register-owner = owed by { $who }
register-owner-none = nobody holds the post
register-undo = Take this change back
act-came = Recorded
act-back = 
    { $moves ->
        [yes] Moved in again
       *[no] In the register again
    }
act-changed = Changed
act-moved = Transferred to another grid
act-confirmed = Looked at, nothing changed
act-left = 
    { $moves ->
        [yes] Moved out
       *[no] Ended
    }
act-merged = Merged with “{ $other }”
act-split = Split: “{ $other }”
act-distinct = Not the same as “{ $other }”
duplicates-open = Duplicates
duplicates-title = Possible duplicates
duplicates-n =
    { $n ->
        [one] 1 pair
       *[other] { $n } pairs
    }
duplicates-none = No duplicates
duplicates-none-what = By the rules for comparing them, no two records are alike.
duplicates-merge = The same: merge them
duplicates-apart = Not the same
duplicates-told = Recorded: these two aren’t the same and won’t be proposed again.
duplicates-alike = { $one } ≈ { $other }
duplicates-shared = Very many say the same
duplicates-shared-what = Too many records share these for them to mean anything; perhaps it is a number that many give.
duplicates-records =
    { $n ->
        [one] 1 record
       *[other] { $n } records
    }
mend-open = To complete
mend-title = Records to complete
mend-shares = Known and fresh
mend-records =
    { $n ->
        [one] 1 record
       *[other] { $n } records
    }
mend-known = complete { $share }
mend-fresh = fresh { $share }
mend-list = Which records
mend-n =
    { $n ->
        [one] 1 record
       *[other] { $n } records
    }
mend-none = All is well
mend-none-what = Nothing is left open, and nothing has to be confirmed again.
mend-no-rules = Nothing to complete in this register
mend-no-rules-what = The regulation doesn’t say what must be known here, or how often it is confirmed. To say so, give its form a quality in the studio.
mend-open-fields = Not filled in: { $fields }
mend-stale = To be confirmed again; last on { $day }
mend-do = Complete it
problem-E750 = These two records are one already.
    .remedy = Choose another record.
problem-E751 = This change can’t be made to the record now.
    .remedy = Check whether it has left or is there already, and whether another grid is chosen; for a split, whether the new record has a name of its own, or records and entries that go to it.
register-column-plate = Door
register-column-name = Name and duty
register-column-time = In the register
register-column-due = Due
mend-left = In a grid that is no more
mend-left-what = The grid has ended, the records are still in it, and nobody is in charge of them. Choose where they go and move them together.
mend-left-row = { $n } { $n ->
        [one] record
       *[other] records
    } · ended { $day }
mend-left-do = Move them together
subjects-left = { $n ->
        [one] One record is
       *[other] { $n } records are
    } in a grid that has ended; nobody is in charge.
moves-title = Move many to another grid
moves-what = From where, and where to?
moves-how = Visits that were made count for who made them; what is still open is taken over by the new grid. Each record gets an entry of its own.
moves-from = From which grid
moves-from-one = { $place } ({ $n })
moves-from-ended = { $place } ({ $n }, ended)
moves-on-hint = For a grid that has ended, the day on which it did: then no day is missing.
moves-to = To which grid
moves-which = Which records
moves-picked = { $n } of { $of } chosen
moves-group = { $group } ({ $n })
moves-open = One by one
moves-open-page = Move many
moves-others = Others
moves-all = All
moves-none = None
moves-empty = There is nothing to move here
moves-empty-what = Choose another grid, or go back to the register.
moves-back = Back to the register
moves-moving = { $n } of the { $of } chosen will move
moves-along = Going along from the same grid: { $what }
moves-many = { $what } { $n }
moves-refused = { $n } can’t move and { $n ->
        [one] stays
       *[other] stay
    } where { $n ->
        [one] it is
       *[other] they are
    }
moves-more = and { $n } more
moves-undoable = The whole can be undone for a minute; after that each record can be taken back on its own page.
moves-do = Move { $n }
moves-working = Recording, please wait…
moves-moved = { $n } moved; this can be undone for a minute.
problem-E752 = This record was changed on or after { $day }; an earlier day doesn’t change it any more.
    .remedy = Choose { $day } or a later day; if the later change is wrong, take that back first.
