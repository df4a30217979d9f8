# What a draft would change
impact-title = What the draft would change
impact-what = The draft and the rules in force are each worked out over real records of a past period, and compared. Nothing is stored or put into force.
impact-period = Try it over
impact-start = Try it out
impact-running = Being worked out
impact-doing-waiting = Waiting until another trial is done
impact-doing-reading = Reading the entries
impact-doing-in_force = Step 1 of 3: { $period } under what is in force
impact-doing-draft = Step 2 of 3: { $period } again, under the draft
impact-doing-comparing = Step 3 of 3: comparing line by line
impact-share = { $percent } %
impact-elapsed = { $minutes ->
    [0] { $seconds } s so far
   *[other] { $minutes } min { $seconds } s so far
}
impact-leave = You may leave this page and come back later.
impact-stop = Stop
impact-stopped = It was stopped.
impact-gone = This result is no longer there. Please try it once more.
impact-again = Try once more
impact-year = Try out { $year }
impact-on = On to putting it into force
impact-sub = { $place } · { $period } · as of { $day }
impact-files = Changed files
impact-download = Download the PDF for the meeting
impact-compared = { $rerun } of { $all } tables were worked out anew; the others aren’t affected.
impact-in-force = In force
impact-after = Draft
impact-more = More
impact-head-more-work = { $hours } more hours a month for each: { $role }
impact-head-less-work = { $hours } fewer hours a month for each: { $role }
impact-head-more-duties = { $n ->
    [one] { $n } more duty is owed
   *[other] { $n } more duties are owed
  }
impact-head-fewer-duties = { $n ->
    [one] { $n } duty fewer is owed
   *[other] { $n } duties fewer are owed
  }
impact-head-lower = Lower scores: { $whom }
impact-head-higher = Higher scores: { $whom }
impact-people = { $n ->
    [one] { $n } person
   *[other] { $n } people
  }
impact-things = { $n ->
    [one] { $n } subject
   *[other] { $n } subjects
  }
impact-head-waits = Compared with what is in force today: what is published and waits for its day (last: { $resolution }, from { $day }) is counted in here, too
impact-head-nothing = The outcome of this period is the same
impact-head-more-findings = { $n ->
    [one] One more finding
   *[other] { $n } more findings
    }
impact-head-fewer-findings = { $n ->
    [one] One finding fewer
   *[other] { $n } fewer findings
    }
impact-head-otherwise = Scores, duties and work stay the same; touched otherwise: { $whom }
impact-work-same = The same work as before: { $roles }
impact-part-work = Work per person and month (hours)
impact-part-duties = Duties
impact-part-findings = Findings
impact-part-appraisal = Appraisal (average)
impact-part-sheet = Scores and money
impact-part-indicator = Indicators (average)
impact-work-sub = { $people ->
    [one] { $people } person
   *[other] { $people } people
  }, { $hours } hours together
impact-no-minutes = { $n ->
    [one] { $n } duty declares no time for each occurrence (minutes_each) and isn’t counted
   *[other] { $n } duties declare no time for each occurrence (minutes_each) and aren’t counted
  }: { $duties }
impact-state = { $state } { $before } → { $after }
impact-lower = { $n } lower
impact-higher = { $n } higher
impact-lose = Lower ({ $n })
impact-gain = Higher ({ $n })
impact-others = Touched otherwise ({ $n })
impact-owed = Owed
impact-became = { $before } → { $after }
impact-rank = rank { $before } → { $after }
impact-people-hidden = Your post doesn’t let you see others’ scores, so only totals are shown.
impact-later = { $n ->
    [one] { $n } change begins
   *[other] { $n } changes begin
  } on { $day } only and can’t show in this period: { $paths }
impact-days-outside = { $n ->
    [one] { $n } day was changed, outside
   *[other] { $n } days were changed, all outside
  } of this period ({ $days }): nothing can be seen here. Replay { $years } to see it.
impact-no-effect = What the draft changes touches no duty, score or money of this period; what it changes stands below.
impact-hidden = (not shown)
impact-items = Items that differ
impact-sum = { $side }: { $sum }
impact-rows-more = { $n ->
    [one] { $n } more row isn’t listed.
   *[other] { $n } more rows aren’t listed.
  }
impact-found = found
impact-not-found = none
impact-not-owed = not owed
impact-short = { $n } short
impact-why = Why
impact-trace = Reasons
impact-trace-before = Under the rules in force
impact-trace-after = Under the draft
impact-trace-none = There is no such row.
impact-print-basis = Worked out over the records of { $period } (as of { $day }), once under the draft and once under the rules in force: a replay of the past, not a forecast.
impact-print-in-force = Rules in force { $hash }
impact-print-draft = Draft { $hash }
