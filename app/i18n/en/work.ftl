# Daily work: today, forms, households
today-title = { $n } left for today
today-title-none = Nothing is due today
today-filter = Filter by state
today-all = All
today-soon = In 7 days
today-own = Your own work
today-fill = Fill in
today-look = Look
today-times = { $done } of { $of } done
today-last = last { $day }
today-days = { $n } d
today-more = Show { $n } more
today-later = { $n } more in this period
today-later-what = The first is due on { $day }; they can be done ahead
today-later-held = All on hold; they can be done all the same
today-later-show = Show them
today-later-back = Back to today
today-none = Nothing is due within 7 days
today-none-what = What falls due appears here.
today-none-done = Nothing met today yet
today-none-done-what = Fill in a form, and what it meets is listed here.
today-none-late = None here
today-none-late-what = Good: there are none of this sort.
today-why = Why this is here
today-contacts = Last contacts
today-late-since = Was due by { $day }, { $n } days late.
today-due-by = Due: { $day }.
today-held = On hold. { $why }.
owed-in-quarter = quarter { $n }, { $year }
owed-in-half = half-year { $n }, { $year }
owed-in-half-day = { $n ->
    [1] { $day }, morning
   *[2] { $day }, afternoon
}
owed-in-week = week { $n }, { $year }
form-submit = Submit
form-kept-back = There is an answer that you don’t see; left empty, it stays
form-about = Whom it is about
form-last = Last time, { $day }: { $told }
form-before = Before that
form-event = Recorded { $day }: { $told }
form-when = Did it happen earlier? Set the time
form-when-was = Time of the record: { $at }
form-when-label = When it happened
form-when-hint = In local time; not in the future.
form-first = Nothing has been recorded yet.
form-due = by { $day }
form-held = On hold
form-pick = Whom is it about?
form-nobody = There is nothing to choose from yet. Fill in “{ $form }” first, then come back.
form-yes = Yes
form-no = No
form-correct = Correction: { $form }
form-reason = Why is it corrected?
form-reason-hint = The first record stays readable
form-refused = Not submitted yet: { $n } answers need a change, marked below each.
form-photo-add = Take one
form-photo-drop = Remove this photo
form-not-yet = Worked out from the answers above
form-none-offered = Answer the questions above first: then there is something to pick
form-opened-yes = { $title } Yes
form-opened-no = { $title } No
form-file-add = Add a file
form-file-drop = Remove this file: { $name }
form-answered = { $n } of { $of }
form-others = Who else was it about?
form-others-hint = One record is enough for several; each of them counts
lookup-hint = Type a name or a door plate
lookup-none = Nothing found
lookup-more = { $n } found; type a few letters more
lookup-count = { $n } found
lookup-drop = Take { $name } out
rows-add = Add a row
rows-drop = Remove
rows-row = { $label } { $n }
rows-full = { $n } rows at most
rows-wait = No connection: more rows can be added when it is back
period-unit = By
period-month = Month
period-quarter = Quarter
period-half_year = Half-year
period-year = Year
period-none = Choose
place-none = Choose
place-level = { $label }: level { $n }
field-hours = Hours
field-minutes = Minutes
field-sign-name = Can’t draw? Type the name
field-sign-clear = Start over
field-sign-hint = Sign in the box with a finger.
field-code-scan = Scan
field-code-none = No code was found. Try again, or type it in.
field-code-unsupported = This browser can’t read codes. Type it in.
field-code-found = Read.
field-code-looking = Hold the code before the camera.
field-here = I’m here
field-here-asking = Looking for the position…
field-here-denied = The position isn’t allowed. Allow it in the browser’s settings, or type it in.
field-here-unavailable = The position isn’t available now. Type it in.
field-here-timeout = It took too long. Try again, or type the position in.
field-here-off = Found, off by about { $metres } m.
field-lat = Latitude
field-lon = Longitude
field-track-start = Start recording
field-track-stop = Stop recording
field-track-add = Add this point
field-track-clear = Clear
field-track-count = { $count } points so far, about { $metres } m.
done-met = { $what }: { $state }
done-corrected = { $form }: corrected
done-supplemented = { $form }: added
done-stored = { $form }: stored in the ledger
done-withdrawn = { $form }: it no longer counts
record-sub = Pick the form for what you have just done
record-work = Daily records
record-year = The appraisal year
record-files = Files
record-none = There is no form for you
record-none-what = Your present post fills in no form.
subject-open = Open the file
subject-keeper = in the care of { $who }
subject-call = Call
subject-edit = Edit the file
subject-facts = Facts
subject-hidden = Hidden from your post
subject-duties = What is owed
subject-no-duties = Nothing is owed
subject-no-duties-what = The regulation in force asks for nothing here.
subject-met-at = done { $day }
subject-year = { $duty }, { $year }
subject-records = { $n ->
    [one] 1 record
   *[other] { $n } records
}
subject-history = History
subject-no-history = Nothing recorded yet
subject-no-history-what = Forms that are filled in are listed here by time.
subject-more = Show earlier ones
subject-gone = Has left; kept for reading.
moment-corrected = Corrected later: { $reason }
moment-supplemented = Photos or files were added later; see the new one
moment-withdrawn = Withdrawn: { $reason }
moment-corrects = Corrected by { $who }
moment-recorded = Recorded on { $at }
moment-correct = Correct
moment-withdraw = Withdraw
withdraw-title = Withdraw this record?
withdraw-what = It will no longer count, but stays readable.
withdraw-along = { $n ->
    [one] What was recorded with it is withdrawn too: { $who }.
   *[other] The { $n } entries recorded with it are withdrawn too: { $who }.
}
withdraw-stays = More was recorded since, so this stays as it is now; change it there if need be: { $who }.
withdraw-reason = Reason
withdraw-keep = Keep it
subjects-search = Search name, door, building
subjects-all-places = All grids
subjects-all-kinds = All kinds
subjects-late = Only with something due
subjects-add = New file
subjects-none = Nothing found
subjects-none-what = Try another word, or take a filter away.
subjects-none-kind = There are no files here
subjects-none-kind-what = The regulation in force keeps no files of this kind.
subjects-range = { $first }–{ $last } of { $total }
subjects-before = Previous
subjects-after = Next
problem-E701 = This has not been answered.
    .remedy = Answer it, then submit.
problem-E702 = This answer can’t be read.
    .remedy = Please give it as the question asks.
problem-E703 = This can’t be chosen (any more).
    .remedy = Choose one of those listed.
problem-E704 = This answer doesn’t meet the form’s conditions.
    .remedy = Please check and change it.
problem-E705 = Too long: { $limit } characters at most.
    .remedy = Shorten it, or record it in parts.
problem-E706 = The time is in the future.
    .remedy = Give a time that has passed.
problem-E707 = This isn’t there, or isn’t your post’s to see.
    .remedy = Choose it from the list again.
problem-E708 = This form isn’t in force.
    .remedy = Use another form, or ask the administrator.
problem-E709 = An answer came for a question that the form doesn’t have.
    .remedy = Reload the page and submit again.
problem-E710 = Another page has probably submitted this already: there is a record of this id that says something else.
    .remedy = That record is untouched. To change it, open and correct it; for one more record, reload this page (what you have typed is kept) and submit again.
problem-E711 = Too small: { $bound } at least.
    .remedy = Please check and change it.
problem-E712 = Too large: { $bound } at most.
    .remedy = Please check and change it.
problem-E713 = This can’t be an ID number.
    .remedy = Check all 18 characters; the last one is a check digit.
problem-E714 = This can’t be a telephone number.
    .remedy = Give digits, with the area code if needed.
problem-E715 = A file of this kind isn’t taken here.
    .remedy = For photos choose JPEG, PNG or WebP; for files PDF, Word, Excel, PowerPoint or plain text.
problem-E716 = The file is too large: { $limit } MB at most.
    .remedy = Take a smaller one.
problem-E717 = Too many: { $limit } at most.
    .remedy = Remove some.
problem-E718 = This record has been corrected or withdrawn already.
    .remedy = Open the newest one and change that.
problem-E719 = The reason is missing.
    .remedy = Write why; others will read it later.
problem-E720 = There is no such record.
    .remedy = Open it from the ledger again.
problem-E721 =
    { $reason ->
        [post] Your post isn’t one that may do this step.
        [needs] Something that this step needs isn’t filled in.
        [not_begun] What this step is about hadn’t begun then.
       *[state] This can’t be done while it is “{ $state }”; what can be done: { $allowed }.
    }
    .remedy =
    { $reason ->
            [post] Leave it to somebody whose post may.
            [needs] Fill it in, then send the form again.
            [not_begun] Check the time.
           *[state] Look at what has been done already.
        }
problem-E723 = This file hasn’t arrived here.
    .remedy = Remove it and add it again.
problem-E724 = The position is { $found } m off, { $limit } m at most.
    .remedy = Try again under the open sky, or type the position in.
problem-E761 = This doesn’t go with the answers above.
    .remedy = Choose another, or change the answers above.
problem-E762 = Too few rows: { $bound } at least.
    .remedy = Add some, or leave all of them out.
problem-E763 = Too many rows: { $bound } at most.
    .remedy = Remove some and record the others in another entry.
problem-E765 = The record begins on { $day }, and this day isn’t after that: it would be in the register on no day.
    .remedy = Say as its time when it began (an import takes a column of times), or leave this out.
problem-E764 = { $reason ->
    [later] This place begins on { $day } only.
   *[ended] This place has ended: from { $day } on it is there no more.
    }
    .remedy = Choose a place that is there on that day, or another day.
notices-title = Notices
notices-unseen = { $n } not seen yet
notices-none = All seen
notices-later = The newest { $shown } come first; the other { $n } follow once these are seen.
notices-more = Show { $n } more
notices-show-seen = { $n } seen
notices-hide = Hide those seen
notices-see = Seen
notices-see-all = Mark these { $n } as seen
notices-see-what = Seen: { $what }

first-title = Get the community going
first-count = { $done } of { $n } done
first-done = Done
first-staff = Register the staff and appoint them
first-staff-what = Every duty needs somebody who owes it; it counts from the day of the appointment.
first-staff-do = People and posts
first-subjects = Bring the households in
first-subjects-what = A list in Excel or csv can be imported whole, or register them one by one.
first-subjects-import = Import a list
first-subjects-do = One by one
first-accounts = Invite colleagues to log in
first-accounts-what = Each gets a link, chooses a password, and can fill in forms on the phone.
first-accounts-do = Invite colleagues
first-rules = Check the regulation against your own
first-rules-what = { $n ->
    [0] Forms, duties and points can all be changed; you see first what a change would do.
    [one] { $n } figure is assumed and waits for your confirmation. Forms, duties and points can all be changed; you see first what a change would do.
   *[other] { $n } figures are assumed and wait for your confirmation. Forms, duties and points can all be changed; you see first what a change would do.
  }
first-rules-do = Studio
subjects-empty = Nothing registered yet
subjects-empty-what = Register the first one, or import a list that you have.
subjects-empty-then = Nothing was registered by that day
subjects-empty-then-what = Look at another day.
today-left = left by { $name }
day-may-move = The days off of { $year } haven’t been announced; this day is provisional and may change.
day-may-move-short = provisional day
