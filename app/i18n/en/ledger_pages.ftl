# The ledger, entries, answers
ledger-title = Ledger
ledger-sub = All entries of { $place }
ledger-export = Export table
ledger-search = Search
ledger-search-what = Name, door, words of an entry
ledger-filters =
    { $n ->
        [0] Filters
       *[other] Filters { $n }
    }
ledger-any = All
ledger-form = Form
ledger-place = Place
ledger-by = Recorded by
ledger-period = Period
ledger-span = Days of your own
ledger-span-from = From which day
ledger-span-to = To which day
ledger-span-since = since { $day }
ledger-span-until = until { $day }
ledger-quarter = Quarter { $n } of { $year }
ledger-year = { $year }
ledger-state = Status
ledger-standing = In force only
ledger-everything = Also corrected and withdrawn
ledger-sort = Turn the order round: { $column }
ledger-sort-not = Sorted by time only: sorting a long ledger by another column would be slow. To find one kind, use the filters above.
ledger-order = Order
ledger-order-newest = Latest first
ledger-order-oldest = Earliest first
ledger-order-recorded = Last recorded first
ledger-order-recorded_first = First recorded first
ledger-size = Per page
ledger-density = Row height
ledger-dense = Dense
ledger-roomy = Roomy
ledger-columns = Columns
ledger-columns-n = { $n ->
    [one] { $n } column
   *[other] { $n } columns
}
ledger-count = { $n ->
    [one] { $n } entry
   *[other] { $n } entries
}
ledger-at = Time
ledger-recorded = Recorded
ledger-about = About
ledger-plate = Door
ledger-says = Content
ledger-pages = Pages
ledger-range = { $first }–{ $last } of { $n }
ledger-page-first = First page
ledger-page-previous = Previous page
ledger-page-next = Next page
ledger-page-last = Last page
ledger-empty = No such entries
ledger-empty-what = Try another word, or take some filters off.

answer-yes = Yes
answer-no = No
answer-items = { $n ->
    [one] { $n } item
   *[other] { $n } items
}
answer-picture = Look at the picture { $name }
answer-pictures = { $n ->
    [one] { $n } picture
   *[other] { $n } pictures
}
answer-position = { $at } (about { $metres } m off)
answer-way = { $n ->
    [one] { $n } point
   *[other] { $n } points
}, about { $metres } m

entry-state-stands = In force
entry-state-correction = Correction
entry-state-supplement = With additions
entry-state-supplemented = Added to
entry-state-restored = Put back
entry-state-corrected = Corrected
entry-state-withdrawn = Withdrawn
entry-state-withdrawal = Withdrawal
entry-late = { $n ->
    [one] { $n } day late
   *[other] { $n } days late
}

entry-lasted = { $start }–{ $end } ({ $length })
entry-answers = What was recorded
entry-no-answers = Nothing was filled in.
entry-unanswered = (not answered)
entry-sensitive = { $title } (sensitive)
entry-facts = About this entry
entry-mentions = Also concerns
entry-source = Source
entry-source-app = Filled in here
entry-source-import = Imported
entry-source-command = Command line
entry-source-demo = Demo data
entry-counted = What it counted for
entry-counted-none = It counted for no duty.
entry-counted-year = See what it counted for in { $year }
entry-chain = Corrections
entry-state-first = First version
entry-this = { $state } (this page)
entry-reason = Reason: { $reason }
entry-moved = Time changed to { $at }
entry-note-corrected = This entry was corrected and no longer counts. The new one stands below, under Corrections.
entry-note-supplemented = Photos or files were added to this entry. The new one below, under Corrections, counts.
entry-note-withdrawn = This entry was withdrawn and no longer counts.
entry-note-restored = This entry was withdrawn and restored. The newest one below, under Corrections, counts now.
entry-correct = Correct
entry-withdraw = Withdraw
entry-withdraw-ask = Withdraw this entry?
entry-withdraw-what = It will no longer count, but can still be read.
entry-withdraw-why = Reason

nav-people = People and posts
people-title = People and posts
people-sub = { $place } · { $n ->
    [one] { $n } person
   *[other] { $n } people
}
people-new = Add a person
people-appoint = Appoint
people-appoint-to = Appoint: { $role }
people-missing = { $n ->
    [one] { $n } post is vacant.
   *[other] { $n } posts are vacant.
}
people-since = since { $day }
people-coming = begins { $day }
people-hand = Replace
people-hand-of = Replace { $name }
people-instead = Instead of
people-full = full
people-frees = This post takes { $n } at most and is full now; it is free from { $day }, and can be filled from then on.
people-takes-over = This post takes { $n } at most and is full now. Choose who is replaced: on that day their post ends and the new one begins.
people-end-coming = This hasn’t begun yet. Choose the day on which it would begin, and it never will.
people-until = ends { $day }
people-forsaken = From { $day } on nobody could administer: nobody who may can log in. Appoint somebody whose account works before then.
people-place-ended = This place ended on { $day }: end the post.
people-vacant = { $n } vacant
people-end = End post
people-end-of = End the post of { $name }
people-end-ask = End the post of { $name } ({ $role })?
people-end-what = From this day on the rights of the post are gone; what was recorded stays.
people-end-self = This is your own post. From this day on you won’t have its rights.
people-end-on = From which day?
people-people = People
people-no-post = No post
people-invite = Invite { $name }
people-empty = Nobody yet
people-empty-what = Add people first, then appoint them.
people-worker = Who
people-post = To which post
people-from = From which day?

problem-E941 = The post is filled, or the person holds it already.
    .remedy = Choose who is replaced, or a day on which the post is free.
problem-E942 = Nobody could administer any more.
    .remedy = Hand the post to whoever takes over, or first appoint somebody else who may administer and whose account works.
problem-E943 = The file of { $name } doesn’t meet what this post asks for.
    .remedy = Check whether the person’s file is right; what the post asks for is shown under it when you appoint.
ledger-hit-elsewhere = Found in what this row doesn’t show; open it
ledger-form-gone = { $form } (no longer used)
ledger-narrowed = { $what }: { $to }
ledger-field-add = Filter by answer
ledger-field-is = Answer
ledger-field-none = Not answered
ledger-field-any = Answered
ledger-field-way = { $field }: how to filter
ledger-field-words = { $field }: words in it
ledger-field-from = { $field }: from
ledger-field-to = { $field }: to
people-asks = This post asks for: { $what }.
