year-notice-stays = Your appeal has been decided: { $state }, the score stays
year-notice-own = Your appeal has been decided ({ $state }): { $changes }
year-notice-other = Somebody else’s appeal has been decided ({ $state }), which changes yours: { $changes }
year-notice-waits = An appeal waits for your decision: { $item }
year-notice-form = { $year } appraisal, still to be written: { $form }
year-notice-marks = { $year } appraisal: { $n ->
    [one] one person waits
   *[other] { $n } people wait
 } for your mark
year-notice-excused = { $year } appraisal: you are excused from marking
year-notice-excused-of = { $year } appraisal: you are excused from marking { $whom }
year-notice-public = { $year } appraisal: the results are public; you can appeal until { $at }
year-changed-score = Score { $before } → { $after }
year-changed-grade = Grade { $before } → { $after }
year-changed-rank = Rank { $before } → { $after }
year-changed-money = { $what } { $before } → { $after } { $unit ->
    [CNY] yuan
   *[other] { $unit }
 }
year-title = Appraisal of { $year }
year-stages = How far the year is
year-since = since { $day }
year-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
year-open = Open the year
year-left-what = { $year } is over. Open its appraisal first, then this year’s.
year-wait = { $n ->
    [one] One thing is
   *[other] { $n } things are
} missing, see the list
year-missing = { $n ->
    [one] One thing
   *[other] { $n } things
} missing before “{ $step }”
year-ready = All there: the next step can be taken
year-at-end = The year is done
year-verify = { $year } is frozen and filed
year-verify-what = The results carry the hashes of regulation and ledger. Anybody can work them out again years later: ./gridbook archive keeps them, ./gridbook verify checks them.
year-more = { $n } more not listed
year-back = Go back
year-back-what = If something is wrong the year can go back; all records stay.
year-lacks-form = { $who } hasn’t handed in: { $what }
year-lacks-marks = { $who } has { $n ->
    [one] one person
   *[other] { $n } people
} left to mark
year-freezes = Once frozen, the results are sealed: there is no way back, and later records don’t change them.
year-freezing = Freezing: everybody’s result is worked out and sealed. This can take half a minute; please keep the page open.
year-excuse = Excuse
year-excuse-what = Who can’t mark, as in a long illness, is excused with a reason. Marks already given count.
year-excused = Excused from marking
year-excused-all = { $who } is excused
year-excused-of = { $who } is excused from marking { $whom }
year-excused-by = by { $who } on { $day }
year-excused-one = One assessor was excused
year-without-marks =
    The year no longer waits for these marks; the others count as always. Of somebody without a single mark the item { $empty ->
        [not-applicable] doesn’t apply
        [unknown] can’t be worked out
       *[zero] gives 0 points
    }, as the rules say.
year-marks-and-more = { $who } and others
year-lacks-answer = { $who }’s appeal waits for an answer
year-lasts = { $stage } isn’t over yet
year-lasts-until = until { $at }
year-period-what = It can be frozen once the year has ended.
year-row-what = To be settled before the next step.
year-write = Write
year-mark = Mark
year-answer = Answer
year-appeals = Appeals
year-appeals-open = { $n } open
year-public = The results are public
year-public-what = If you disagree with your score, open the item on “My score” and appeal.
year-appeal-until = Appeals until { $at }
year-appeal-over = The term for appeals is over ({ $at })
year-appeal = Appeal
year-appeal-this = Appeal against this
year-appeal-about = { $item } · { $points } points now
year-decide = Decide
year-decide-most = at most { $most } points back
year-decide-most-part = at most { $most } points back (of 100, before its weight)
year-decide-full = full points already, nothing to give back
year-decision = Decision
year-effect = What it changed
year-effect-n = { $n ->
    [one] one person
   *[other] { $n } people
}
year-effect-none = Nobody’s score, grade or rank changed.
year-open-may = Not decided yet. Then everybody whose score, grade, rank or money changes is listed here.
year-open-own = Not decided yet. You will be told.
year-open-post = Not decided yet.
year-gave-back = { $state }, { $points } points given back
year-summary = Write your self-summary
year-marks-left = { $n ->
    [one] one person
   *[other] { $n } people
} left to mark
year-marks-excused = the rest is excused
year-marks-done = all marked
year-nothing-to-do = There is nothing for you to do now.
year-marks-given = { $n ->
    [one] One mark
   *[other] { $n } marks
}
year-mark-plain = no reason given
year-anonymous = anonymous
year-flag-form = No summary
year-flag-appeal = Appeals
year-catch-up = What can still be caught up on
year-flag-open = { $n } to catch up on
year-show = Who is shown
year-show-all = All { $n }
year-show-open = Something open { $n }
year-trend = Month by month
year-trend-told = Score month by month, from { $first } to { $last }
year-median = Median
year-as-list = As a list
year-against = Beside the others
year-against-told = { $n } items beside the median, in percent of their maximum
year-median-of = { $place }, { $n } people
year-own = Own
year-beside = own { $own }, median { $median }
year-outlook = What can change until the year ends
year-outlook-best = With everything open done: { $points }
year-outlook-worst = With everything open missed: { $points }
year-outlook-no-score = There is no score yet, so nothing can be said of how it would change.
year-outlook-none = Nothing is open any more.
year-outlook-open = { $n } open, each missed one costs { $one }
year-outlook-slight = { $n } open, a single missed one changes nothing
year-outlook-worth = { $points } points
marks-title = Marks
marks-none = Nobody is left for you to mark
marks-none-what = The regulation gives your post nobody to mark, or nobody is appraised this year.
marks-left = To mark
marks-given = Marked
marks-all = All
marks-bounds = { $least } to { $most } points
marks-decimals =
    { $n ->
        [0] no decimals
        [one] at most one decimal
       *[other] at most { $n } decimals
    }
marks-plain = below { $least } or above { $most } with a reason
marks-anonymous = Anonymous: no page, list or file says who gave a mark.
marks-excused-n = { $n ->
    [one] You are excused from one; see “All”.
   *[other] You are excused from { $n }; see “All”.
}
marks-excused = You are excused from this one. A mark that you give all the same counts.
marks-closed = It isn’t the time for marks.
marks-done = Nobody is left here.
marks-points = Points
marks-reason = Reason
marks-give = Give the mark
marks-kept = Draft kept { $time }
marks-given-points = { $points } points
marks-correct = Correct
year-sent = Sent.
year-next = Next: { $step }
year-now = now
year-unsealed = Frozen, the results aren’t sealed yet
year-unsealed-what = The steps of this year were imported. Once sealed, the results are kept for good with the hashes of regulation and ledger.
year-seal = Seal the results
year-stray = { $who }: one { $what } too many
year-stray-what = Its course has no place for it and it counts nothing; withdraw it once it is clear why.
year-appeal-row = Appeal against this row
year-row = The contested row
year-row-entry = See the record
year-row-points = { $points } points
year-working = Being worked out; the first time takes a while.
year-working-outlook = Being worked out by the rules.
