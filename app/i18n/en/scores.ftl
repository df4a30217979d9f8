# Scores, their reasons, staff, appraisals. Sentences of rules are made from the definitions.
sentence-each-subject = each one in “{ $title }”
sentence-each-role = each { $title }
sentence-each-row = each “{ $title }”
sentence-each-row-where = each “{ $title }” ({ $where })
sentence-each-place = each place
sentence-each-district = each district
sentence-each-street = each street
sentence-each-community = each community
sentence-each-grid = each grid
sentence-each-building = each building
sentence-whom-where = { $whom } with { $where }
sentence-row-where = { $row }, { $where }
sentence-is = { $column }: { $value }
sentence-is-not = { $column } not { $value }
sentence-under = { $column } under { $value }
sentence-at-most = { $column } at most { $value }
sentence-over = { $column } over { $value }
sentence-at-least = { $column } at least { $value }
sentence-and = { $left }, { $right }
sentence-or = { $left } or { $right }
sentence-not = not “{ $what }”
sentence-has = { $column } includes { $value }
sentence-filled = { $column } filled in
sentence-of = { $right } of { $left }
sentence-always = in any case
sentence-true = yes
sentence-false = no
sentence-record = “{ $title }”
sentence-record-where = “{ $title }” ({ $where })
sentence-duty-every = For { $whom }, { $every }: { $what }, { $n ->
    [1] once at least
   *[other] at least { $n } { $times ->
        [1] time
       *[other] times
    }
}
sentence-duty-within = For { $whom }, within { $within }: { $what }, { $n ->
    [1] once at least
   *[other] at least { $n } { $times ->
        [1] time
       *[other] times
    }
}
sentence-count-of = the number of { $rows }
sentence-sum-of = the sum of { $column } of { $rows }
sentence-day-off = { $a } on a day off
sentence-working-day = { $a } on a working day
sentence-call-hour = the hour of { $a }
sentence-call-elapsed = the { $unit } from { $a } to { $to ->
    [none] the end of the period
   *[other] { $to }
}
sentence-call-period = the { $unit ->
    [half_year] half-year
   *[other] { $unit }
} of { $a }
sentence-call-days = { $to ->
    [none] the days of { $a }
   *[other] the days from { $a } to { $to }
}
sentence-call-working-days = { $to ->
    [none] the working days of { $a }
   *[other] the working days from { $a } to { $to }
}
sentence-call-hours-in = { $to ->
    [none] the hours of { $a }
   *[other] the hours from { $a } to { $to }
}
sentence-call-min = the least of { $a }
sentence-call-max = the greatest of { $a }
sentence-call-abs = { $a } without its sign
sentence-call-floor = { $a } rounded down
sentence-call-ceil = { $a } rounded up
sentence-call-round = { $a } rounded to { $to }
sentence-call-size = the number of { $a }
sentence-call-if = { $a } if { $when }, else { $b }
sentence-call-or-else = { $a }, or { $b } without it
sentence-call-age = the age in years since { $a }
sentence-call-overlap = the time in both { $a } and { $b }
sentence-call-date-of = the day of { $a }
sentence-call-weekday = the weekday of { $a }
weekday-monday = Monday
weekday-tuesday = Tuesday
weekday-wednesday = Wednesday
weekday-thursday = Thursday
weekday-friday = Friday
weekday-saturday = Saturday
weekday-sunday = Sunday
sentence-call-hash = a number drawn from { $a } and { $b }
sentence-share = { $title }: of { $of }, the share with { $part }
sentence-measure = { $title }: { $of }, { $measure }
sentence-of-count = counted
sentence-of-sum = added up
sentence-of-average = on average
sentence-of-min = the least
sentence-of-max = the most
sentence-of-middle = the median
sentence-of-distinct = different ones counted
sentence-of-first = the first
sentence-of-last = the last
sentence-of-rate = as a rate
sentence-of-streak = in a row at the end
sentence-of-change = against the period before
sentence-of-other = by { $measure }
sentence-rule = For { $row }, { $when }: “{ $finding }”
sentence-line-share = Points by “{ $title }”; all of it gives { $max }
sentence-line-mark = Marked through “{ $form }”, from { $least } to { $most } points
sentence-line-add = For { $rows }: plus { $amount }
sentence-line-deduct = For { $rows }: minus { $amount }
sentence-line-add-by = For { $rows }: plus { $amount }
sentence-line-deduct-by = For { $rows }: minus { $amount }
sentence-by-formula = ({ $what })
sentence-beyond = { $line }, counted after the first { $n }
sentence-highest = { $line }, the highest one only
sentence-capped = { $line }, { $most } points at most
sentence-gives = { $value } { $points }
sentence-by-column = by { $column } ({ $given })
sentence-steps-below = { $points } for every { $each } that { $column } is below { $bound }
sentence-steps-above = { $points } for every { $each } that { $column } is above { $bound }
sentence-band-under = under { $bound }: { $points }
sentence-band-to = up to { $bound }: { $points }
sentence-band-rest = the rest: { $points }
sentence-section = This part is the sum of the items in it
sentence-length-minutes = { $n } { $n ->
    [1] minute
   *[other] minutes
}
sentence-length-hours = { $n } { $n ->
    [1] hour
   *[other] hours
}
sentence-length-days = { $n } { $n ->
    [1] day
   *[other] days
}
sentence-length-working-minutes = { $n } working { $n ->
    [1] minute
   *[other] minutes
}
sentence-length-working-hours = { $n } working { $n ->
    [1] hour
   *[other] hours
}
sentence-length-working-days = { $n } { $n ->
    [1] working day
   *[other] working days
}
sentence-length-weeks = { $n } { $n ->
    [1] week
   *[other] weeks
}
sentence-length-months = { $n } { $n ->
    [1] month
   *[other] months
}
sentence-length-years = { $n } { $n ->
    [1] year
   *[other] years
}
sentence-every-day = every day
sentence-every-week = every week
sentence-every-month = every month
sentence-every-quarter = every quarter
sentence-every-half-year = every half-year
sentence-every-year = every year
sentence-every-working-day = every working day
sentence-every-half-day = every half-day
sentence-every-round = every round
sentence-several-day = every { $n } days
sentence-several-week = every { $n } weeks
sentence-several-month = every { $n } months
sentence-several-quarter = every { $n } quarters
sentence-several-half-year = every { $n } half-years
sentence-several-year = every { $n } years
sentence-several-working-day = every { $n } working days
sentence-several-half-day = every { $n } half-days
sentence-every-rolling = within { $length } of the last time
sentence-every-roster = each time of { $roster }
sentence-every-in-roster = { $every }, { $roster }
sentence-series-days = on day { $offsets } after it
sentence-series-working-days = on working day { $offsets } after it
sentence-series-weeks = in week { $offsets } after it
sentence-series-months = in month { $offsets } after it
sentence-series-years = in year { $offsets } after it
sentence-pause-between = The clock stands still from { $from } until { $until }
sentence-pause-during = The clock stands still during { $during }
sentence-pause-each = { $line }, { $most } each at most
sentence-pause-all = { $line }, { $most } in all at most
sentence-extended = { $rows } moves the limit
sentence-extended-by = { $line } by { $by }
sentence-extended-to = { $line }, to { $most } at most
sentence-quorum = { $what } with { $n } present at least
sentence-quorum-role = { $what } with { $n } of { $role } present at least
sentence-quorum-share = { $what } with { $share } of { $role } present at least
sentence-streak-of = the times in a row with { $where }
sentence-quality-of = how “{ $title }” is kept
sentence-column-known = complete
sentence-column-fresh = up to date
sentence-column-missing = what is missing
sentence-column-confirmed_at = last confirmed
sentence-column-bonus = bonus
sentence-column-end = end
sentence-column-entry = record
sentence-column-handler = handled by
sentence-column-id = number
sentence-column-item = item
sentence-column-line = line
sentence-column-matter = matter
sentence-column-max = full points
sentence-column-nth = step number
sentence-column-passed = reached every minimum
sentence-column-post = appointment
sentence-column-row = row
sentence-column-rule = rule
sentence-column-about = whoever it is about
sentence-column-at = time
sentence-column-by = recorded by
sentence-column-counted = times counted
sentence-column-date = date
sentence-column-due = limit
sentence-column-grade = grade
sentence-column-level = level
sentence-column-met = target met
sentence-column-met_at = done at
sentence-column-needed = times needed
sentence-column-owner = person in charge
sentence-column-part = part
sentence-column-period = period
sentence-column-place = place
sentence-column-points = points
sentence-column-possible = times that may count
sentence-column-rank = rank
sentence-column-recorded_at = time of recording
sentence-column-score = score
sentence-column-short = times lacking
sentence-column-start = start
sentence-column-state = result
sentence-column-subject = whoever it is about
sentence-column-target = target
sentence-column-tier = kind
sentence-column-total = total
sentence-column-value = value
sentence-column-whole = whole
sentence-column-window = period

figure-weight = Weight
figure-max = Full points
figure-add = { $line }, plus
figure-deduct = { $line }, minus
figure-cap = { $line }, at most
figure-times = { $line }, times
figure-within = { $line }, limit
figure-late = { $line }, can be made up for
figure-target = { $line }, target

policy-gate-figure = What this part depends on isn’t met: { $title } is { $reached }, and { $wanted } are wanted. It can’t be computed, and doesn’t count as zero.
policy-gate = What this part depends on isn’t met ({ $title }), so it can’t be computed. It doesn’t count as zero.
policy-not-computable = Data is missing, so it can’t be computed yet. It doesn’t count as zero.
policy-omitted = There was nothing to assess in this period; the item is left out.
policy-full = There was nothing to assess in this period; by rule that gives full points.
policy-zero = There was nothing to assess in this period; by rule that gives no points.
policy-evidence = There are too few “{ $title }” as evidence; by rule that gives no points.
policy-rescaled = The points of parts that don’t apply go to the others.

window-year = { $year }
window-half-year = { $n ->
    [1] 1st half
   *[2] 2nd half
}
window-quarter = { $n ->
    [1] 1st quarter
    [2] 2nd quarter
    [3] 3rd quarter
   *[4] 4th quarter
}
window-month = { $n ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
window-week = week { $n }
window-part = { $day }, part { $n }
window-span = { $first } to { $last }

score-title = My score
score-of = Score of { $name }
score-year = { $year }
score-as-of = as of { $day }
score-years = Year
score-by-records = By the records: { $grade }
score-unopened = The appraisal of { $year } was never opened. These points are worked out from the records; they are no result.
score-standings = Appraisal
score-expected = Expected: { $grade }
score-lacking = { $points } more for { $grade }
score-quota = Enough for { $grade }, held back by the quota
score-minimum = Enough for { $grade }, but a part is below its minimum
score-finding = Enough for { $grade }, but a finding sets the grade
score-best = The best grade
score-mark = { $grade } from { $points }
score-bonus = of which bonus { $points }
score-empty-title = There is no score for you
score-empty-what = No score sheet covers your post in this year. Try another year.
score-no-item-title = There is no such item
score-no-item-what = The score sheet may have changed. Choose an item from the list.
score-none = Not computable yet
score-how = this is where the { $points } come from
score-of-most = { $points } points of { $most }
score-print = Print
score-lost = −{ $points }
score-not-applicable = not applicable
score-not-computable = data missing
score-not-eligible = not assessed
score-over-quota = over the quota
score-undecided = waits for others or a draw
score-assumed = assumed, to be confirmed by the community
score-in-text = from the text
score-set-by = set by { $place }
score-since = since { $day }
score-bounded-floor = never below nothing: { $points }
score-bounded-ceiling = never above the maximum: { $points }
score-rounded = rounded to { $points }
score-term-cut = { $line }: { $raw } in fact, { $cap } at most
score-counts = { $n } in all: { $states }
score-state-count = { $state } { $n }
score-col-plate = Door
score-col-name = About
score-col-window = Period
score-col-state = Result
score-col-points = Points
score-col-lost = Lost
score-col-given = Points
score-rows = { $n }
score-more = { $n } more are not listed
score-no-rows = Nothing counted
score-show-all = Show all { $n }
score-show-lost = Lost points only
score-entry = See the record
score-parts = Parts

staff-title = Staff
score-in-money = { $title } ({ $unit })
staff-sub = { $place } · { $n } { $n ->
    [1] person
   *[other] people
}
staff-sort = Sort
staff-sort-place = By grid
staff-sort-score = By score
staff-sort-late = By overdue
staff-col-score = Score
staff-n = { $n ->
    [one] 1 person
   *[other] { $n } people
}
staff-scored = Scored
staff-fine = Nothing late or missed
staff-unscored = Not scored
staff-empty-title = There are no posts yet
staff-empty-what = People appear here once they are appointed under “Accounts”.

appraisal-title = Appraisal
appraisal-of = { $title } { $year }
appraisal-sub = { $place } · { $n } { $n ->
    [1] person
   *[other] people
} · as of { $day }
appraisal-empty-title = No appraisal
appraisal-empty-what = The rules in force hold no appraisal. Once they do, it appears here.
appraisal-ranking = Ranking
appraisal-most = of { $most }
appraisal-band = { $points } and more, { $n } { $n ->
    [1] person
   *[other] people
}
appraisal-band-quota = { $points } and more, { $n } { $n ->
    [1] person
   *[other] people
}, quota { $quota }
appraisal-band-rest = { $n } { $n ->
    [1] person
   *[other] people
}
appraisal-no-grade = No grade
appraisal-missing = { $n ->
    [1] One thing is missing
   *[other] { $n } things are missing
}
appraisal-complete = Nothing is missing
appraisal-complete-what = The data is complete; it can be printed and made public.
appraisal-running = The period still runs
appraisal-running-what = It ends on { $day }; this is the ranking so far.
appraisal-lacks = { $name } has items that can’t be computed
appraisal-open = { $name } can still make up for { $n }
appraisal-open-what = What is overdue counts as late once it is done, not as missed.
appraisal-see = See
appraisal-distribution = Distribution
appraisal-average = Mean { $average } · median { $median }
appraisal-bin = { $from } to { $to }: { $n } { $n ->
    [1] person
   *[other] people
}
appraisal-findings = Praise and criticism
appraisal-closed = { $year } is closed
appraisal-closed-on = Closed on { $day }
appraisal-closed-what = The published results stand. Entries that came later would change:
appraisal-closed-same = The published results stand. Nothing that came later would change them.
appraisal-closed-others = The published results stand. Entries that came later would change { $n } rows behind them, but no result.
appraisal-unopened = The appraisal of { $year } wasn’t opened
appraisal-unopened-what = The ledger begins on { $day }. There are no whole records of this year, so nobody is ranked. To appraise it all the same, open it first.
appraisal-unopened-whole = Nothing was published, contested or frozen, so there is no result and nobody is ranked. To appraise this year all the same, open it first.
appraisal-later = Since it was closed
appraisal-later-working = Later entries are being looked at.
appraisal-later-because = Because of
appraisal-became = { $before } → { $after }
appraisal-findings-none = No rule of praise or criticism applies.
appraisal-print = Print
appraisal-print-of = Print the appraisal of { $name }

sentence-holders = { $line }, for each { $role } there
sentence-last = { $line }, the last one only
sentence-average = { $line }, on average
sentence-each-case = { $line }, { $most } at most for one { $column }
sentence-mark-by = { $line }, by { $roles }
sentence-mark-reason = { $line }, with a reason
sentence-scored-by = Scored by { $roles }
sentence-applies = Applies where { $where }
sentence-requires = Takes at least { $n } of { $rows }; without them it gives no points
sentence-vetoed-by = Veto: from { $n } of { $rows } on, the part that it stands in gives no points
sentence-veto = Veto: where { $where }, the part that it stands in gives no points
sentence-by-slab = by parts of { $column } ({ $given })
sentence-by-method = by { $method } over { $column } ({ $given })
sentence-every-by = by { $method } ({ $given })
sentence-counted-by = { $what }, counted by { $method } ({ $given })
sentence-options = { $left }; { $right }
sentence-option = { $option }: { $given }
sentence-checklist = by the list ({ $given })
policy-vetoed = “{ $item }” vetoes: by rule this part gives no points.
policy-vetoes = This item vetoes: the part that it stands in gives no points.
score-wallet = Balance
score-wallet-level = Level: { $level }
score-wallet-sum = { $earned } earned, { $spent } spent, { $expired } expired: { $balance } left
score-wallet-unknown = The points of a record are missing, so the balance isn’t known yet.
score-move-earned = Earned
score-move-spent = Spent
score-move-expired = Expired
score-refused-balance = Refused: too few points
score-refused-stock = Refused: none left
score-refused-each = Refused: over the limit for one person
problem-E781 =
    { $reason ->
        [opened] This year’s appraisal has been opened already.
       *[missing] { $n ->
            [one] One thing is
           *[other] { $n } things are
        } missing before the next step.
    }
    .remedy =
    { $reason ->
            [opened] Go on from the year’s board.
           *[missing] Settle them from the year’s board, then take the step.
        }
problem-E782 =
    { $reason ->
        [own] Nobody gives a mark to himself.
        [others] This mark is given to oneself alone.
        [window] This mark isn’t for one of { $windows }.
        [bounds] A mark lies between { $least } and { $most }.
        [decimals] { $decimals ->
            [0] A mark here has no decimals.
            [one] A mark here has at most one decimal.
           *[other] A mark here has at most { $decimals } decimals.
        }
        [reason] A mark below { $least } or above { $most } needs a reason.
        [post] Your post gives no marks here.
        [stage] Marks are given at another stage of the year.
       *[frozen] This year’s results are frozen.
    }
    .remedy =
    { $reason ->
            [own] Mark the others.
            [others] Choose yourself.
            [window] Choose one of these periods.
            [bounds] Give one within these bounds.
            [decimals] Round it.
            [reason] Write a reason, or change the mark.
            [post] Leave it to those whose post does.
            [stage] Wait for the stage, or have the course go back to it.
           *[frozen] What comes later is shown beside them and changes no score.
        }
problem-E783 =
    { $reason ->
        [others] One can only appeal against one’s own score.
        [item] It doesn’t say against which item, or that item has no points.
        [early] The results haven’t been put up yet.
        [twice] An appeal against this item is being dealt with already.
       *[late] Appeals could be made until { $day }.
    }
    .remedy =
    { $reason ->
            [others] Let the person concerned sign in and appeal.
            [item] Open My score, and appeal below the item.
            [early] Appeal once they are; wrong records can be corrected now.
            [twice] Wait for the answer; to add evidence, correct that appeal.
           *[late] Turn to whoever is in charge of the appraisal.
        }
problem-E784 =
    { $reason ->
        [own] Nobody decides on an appeal of his own.
        [points] More than 0 and at most { $most } points can be given back.
        [decided] This appeal has been decided already.
       *[astray] The decision names another person, year or item than the appeal.
    }
    .remedy =
    { $reason ->
            [own] Leave it to another who may decide.
            [points] Give a number within these bounds.
            [decided] Correct that decision, or withdraw the one of the two that is wrong.
           *[astray] Open the decision from the appeal’s page.
        }
problem-E785 =
    { $reason ->
        [another] Only whoever gave this can change it.
        [public] The results have been put up; what they rest on stays as it was.
        [decided] This appeal has been decided.
        [concerned] Nobody changes a decision on an appeal of his own.
        [post] Your post decides on no appeals.
        [moved] A correction can’t be of another year, item or step.
        [passed] The year has gone on from this.
       *[frozen] This year’s results are frozen.
    }
    .remedy =
    { $reason ->
            [another] Ask them to correct it.
            [public] Let the course go back a stage where it may, or note it beside the results.
            [decided] Turn to whoever decided.
            [concerned] Leave it to another who may decide.
            [post] Leave it to those whose post does.
            [moved] Withdraw it, and send in a new one.
            [passed] Take the step that leads back, where the course has one.
           *[frozen] What comes later is shown beside them and changes no score.
        }
problem-E786 =
    { $reason ->
        [own] Nobody excuses himself.
        [nobody] There is nobody in this appraisal whom this person has to mark.
        [whom] This person doesn’t have to mark whom you chose.
        [stage] The stage for marks is over.
       *[frozen] The year’s appraisal is frozen.
    }
    .remedy =
    { $reason ->
            [own] Let somebody else who may excuse do it.
            [nobody] Open the form from the list of what is missing, on the year’s page.
            [whom] Choose somebody whom this person marks, or nobody, to excuse from all.
            [stage] If the course can go back, go back to the marks first.
           *[frozen] What comes afterwards doesn’t change the appraisal.
        }

score-made-of = How it is made up
score-part-gives = gives { $points }
