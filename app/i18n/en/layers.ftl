# Layers: where figures come from, what may be made of them, and the way up.

layers-title = Layers
layers-base = the base
layers-chain = The levels, from above
layers-from = from { $level } · { $free }
layers-origin = From { $level }
layers-same-as-base = The same as in the base
layers-with = { $origin }, with figures set by { $level }
layers-added-here = Added at our level
layers-changed-here = Changed at our level
layers-changed-from = Changed at our level · { $above } in the base
layers-whole = As a whole
layers-between = may be { $low } to { $high }
layers-at-least = may be { $low } or more
layers-at-most = may be { $high } or less
layers-one-of = may be { $values }
layers-fixed = fixed for the levels below
layers-level = { $level }: { $before } → { $after } ({ $why })
layers-level-adds = { $level } adds { $after } ({ $why })
layers-level-off = { $level } switches it off ({ $why })
layers-mine = ours
layers-begin = Change in a draft
layers-on = Back to the draft
layers-draft-title = Choices within the layers
layers-moved = Ground that has moved
layers-moved-n = { $n ->
    [one] { $n } place
   *[other] { $n } places
  }
layers-moved-what = Our changes hold all the same, but what they were laid over is different now. Look at each: keep ours, or take what stands above.
layers-keep = Looked at, keep ours
layers-take-above = Take what stands above
layers-search = Search by name or path
layers-only-changed = Only what was changed
layers-none = No figures to show
layers-none-what = No level has changed a figure, and none is left open.
layers-faults = The files have errors. The figures that can be changed are listed below all the same: go on until none is left.
layers-choose = Choose our own
layers-leave = Give back to above
layers-promote = Bring up for all
layers-own = Our own definitions
layers-value = New value
layers-why = Reason (stands in the file)
layers-save = Save in the draft
layers-open = The figures of this file
layers-way = Layers
promote-title = Bring up for all
promote-what = As a rule of { $level }
promote-how = The change leaves this level and stands at the level above. It was tried at each community below. Each of them gets a draft, and puts it into force after its own check, impact and approval.
promote-along = What it rests on goes along: { $what }.
promote-files =
    { $n ->
        [one] See the change of one file
       *[other] See the changes of { $n } files
    }
promote-other = Bring it to { $level } instead
promote-here = this level
promote-keeps = It has a choice of its own here, which holds on.
promote-gains = New here: { $what }.
promote-nothing = Nothing changes here.
promote-same-here = Our figures stay; the level above says them from then on.
promote-unpublished = no regulation in force yet
promote-work-out = Work out whom it touches
promote-over = By the records of { $period }
promote-do = { $n ->
    [one] Open a draft in the one community
   *[other] Open a draft in each of { $n } communities
  }
promote-faults = It would make errors in a community: mend them first
promote-draft-title = For all of { $level }: { $what }
promote-done = { $n ->
    [one] A draft was opened in one community. Nothing is in force by it.
   *[other] Drafts were opened in { $n } communities. Nothing is in force by it.
  }
