nav-communities = Communities
above-sub = { $place } · { $n ->
    [one] { $n } community
   *[other] { $n } communities
  }
above-none = No community here yet
above-none-what = Communities in this place’s folder appear here.
above-together = Side by side
above-place = Community
above-grid = Grid
above-owed = Owed
above-late = Late
above-missed = Missed
above-share = Done
above-appeals = Open appeals
above-no-appraisal = There is no appraisal this year.
above-not-opened = Year not opened
above-frozen = Final
above-open-appeals = { $n ->
    [one] { $n } open appeal
   *[other] { $n } open appeals
  }
above-scored = { $n } of { $of } have a score
above-average = average { $points }
above-duties = Duties by grid
above-report-what = Compares the communities under the rules of this place: scores, indicators, duties. Totals by community; it names nobody.
above-report-start = Make the report of { $year }
above-report-working = The records of all communities are read. It takes a minute or two; you can do something else.
above-report-again = You can make it again.
above-impact = What it changes in each community
above-impact-what = The draft is tried in each community over the records of { $period }. Totals alone; nobody is named.
above-impact-do = { $n ->
    [one] Work it out ({ $n } community)
   *[other] Work it out ({ $n } communities)
  }
above-impact-at = Working out { $place } ({ $n } of { $of })
above-impact-seen = You have seen what changes in every community. It can be approved.
above-impact-waits = Not worked out yet.
above-impact-same = Nothing is different here; it is worked out all the same.
above-draft-title = { $level }: rule for all ({ $resolution })
above-breaks = This would break the regulation of: { $places }.
above-handed-down = Where it changes something, the level below has a draft now, to check, approve and publish.
above-new-person = Add a person
above-new-person-what = Makes a personnel file. Then you can appoint the person and make an invitation link.
promote-decides = This change goes to { $level }: once its people have looked at the impact, approved and published it, each community gets a draft.
promote-hand-over = Hand over to { $level }
promote-handed-over = Handed over to { $level }. It isn’t in force yet.
problem-E952 = { $place } has somebody who administers it already.
    .remedy = Let that person log in, appoint on the page of people and posts, and make an invitation link there.
