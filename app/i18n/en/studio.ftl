# The studio: drafts of the regulation, their editor, their way into force.

problem-E545 = There is nothing at {$what}.
    .remedy = Somebody may have renamed or removed it. Look at the file as it is now, and make the change there.
problem-E546 = The text at {$what} has a form that can’t be edited here.
    .remedy = Change it in the YAML itself.
problem-E547 = There is no such draft any more.
    .remedy = It was published or discarded. Go back to the studio and open another one.
problem-E548 = No post approves this change, and it isn’t said why it goes without.
    .remedy = Write down the reason, it stays with the revision; or let the regulation name a post for it: `may: [approve]`.
problem-E558 = This file isn’t this place’s to change.
    .remedy = It belongs to a place above or beside. What the place above leaves open is changed in this place’s overlay.
problem-E559 = There is a file of this name already.
    .remedy = Give the new one another id.
problem-E549 = Nobody has approved this change yet.
    .remedy = The post that the regulation names approves it, with the number of the resolution and the day from which it holds.
problem-E949 = This draft changes nothing: it says the same as what was published last.
    .remedy = Change something in it, or discard it.
problem-E556 =
    { $reason ->
        [waits] A revision waits for { $what }, and this one would be in force before it.
       *[past] The day from which the change holds lies in the past.
    }
    .remedy = Choose a later day, or say why it has to be this one.
problem-E557 = The impact of this change hasn’t been looked at.
    .remedy = Look at what would change for whom, then go on.

nav-studio = Studio
studio-title = The studio
sandbox-title = Sandbox
sandbox-try = Try in the sandbox
sandbox-what = Try a draft, or what is in force, with invented people: fill in forms, see duties and scores. Everything in it is kept apart from real data and can be thrown away at any time.
sandbox-none = There is no sandbox yet
sandbox-none-what = Make one of a draft or of what is in force; people and households are invented.
sandbox-in-force = What is in force
sandbox-there = The sandbox
sandbox-made-by = Made by { $who }
sandbox-stale = The text has changed since. Renew the sandbox to try it as it is now.
sandbox-renew = Renew the sandbox
sandbox-drop = Throw the sandbox away
sandbox-make = Make a sandbox
sandbox-instead = It takes the place of the one that is there; what was filled in there is gone.
sandbox-of-what = Made of
sandbox-make-do = Make it
sandbox-doing = It is being made, one moment…
sandbox-done = Done
sandbox-people = Choose somebody to be
sandbox-nobody = No form of this regulation appoints anybody, so there is nobody.
sandbox-banner = Sandbox: people and data are invented, nothing here counts.
sandbox-leave = Leave the sandbox
sandbox-of = { $place } (sandbox)
sandbox-names = Anna Reed|Ben Carter|Clara Hughes|Daniel Frost|Ella Marsh|Felix Grant|Grace Holt|Henry Lane|Iris Wood|Jack Stone|Kate Brook|Leo Field|Mia Ford|Noah West|Olive Hart|Paul Dean|Rose Lake|Sam Hill|Tess Vale|Umar Shaw|Vera Moss|Will Page|Yara Finch|Zoe Penn
begin-title = Begin from another community
begin-what = Makes a draft of another community’s whole regulation: forms, duties, points. Your places and people stay. Change it, then put it into force.
begin-model = Community
begin-do = Make a draft
begin-none = Choose a community first.
begin-doing = The draft is being made…
begin-draft = After the regulation of “{ $what }”
begin-of-document = { $community }: “{ $document }”
studio-new = New draft
studio-none = Nothing is being changed
studio-none-what = Open a draft, change it, look at the impact, have it approved, then put it into force. Until then nothing changes.
studio-drafts = Drafts
studio-drafts-n = { $n ->
    [one] { $n } draft
   *[other] { $n } drafts
  }
studio-untitled = Untitled draft
studio-called = Changes “{ $what }”
studio-called-more = Changes “{ $what }”, { $n } in all
studio-saved-by = saved by { $who }
studio-by-elsewhere = another place
studio-handed-down = { $level } handed down a change of the rules, “{ $title }”: look at it and decide whether to take it over
studio-handed-down-plain = { $level } handed down a change of the rules: look at it and decide whether to take it over
studio-changed = Changed
studio-others = The others
studio-all = All files
studio-changed-n = { $n ->
    [one] { $n } file changed
   *[other] { $n } files changed
  }
studio-unchanged = Nothing changed yet
studio-behind = behind
studio-stage-seen = waits for approval
studio-stage-approved = approved, can be published
studio-behind-what = A newer revision was published since this draft was opened. Bring it in first.
studio-disk = Files on this machine that were edited by hand
studio-disk-what = They never take effect by themselves. As a draft they go the same way as any other change.
studio-disk-title = Files edited by hand
studio-disk-take = Make a draft of them
studio-disk-taken = There is a draft of them, not in force yet. Once the files change again, they can be taken again.
studio-disk-to-draft = Open that draft
studio-waits = in force from { $day }
studio-why = Reason: { $why }
studio-compare = Compare with the one before
studio-compare-newest = Compare with the newest
studio-compare-title = Two revisions side by side
studio-compare-one = Before: { $what }
studio-compare-other = After: { $what }
studio-same = Both say the same.
studio-restore = Restore as a draft
studio-restore-title = Restored: { $what }
studio-words = What changes in words
studio-lines = What changes in the text
studio-before = Before
studio-after = After
studio-more = and { $n } more
studio-search = Search by name, content or path
studio-no-match = Nothing found
studio-no-match-what = Try another word, or clear the search.
studio-removed = Removed: { $path }
studio-beneath = Changed, though a copy stands for it here: { $path }
studio-template = Changed print template: { $path }
studio-and-more = { $said } (and { $n } more)
studio-errors = { $n ->
    [one] { $n } error
   *[other] { $n } errors
  }
studio-warnings = { $n ->
    [one] { $n } warning
   *[other] { $n } warnings
  }
studio-above = from above, read only
studio-base-what = This file is the base library’s. A change is kept in a copy of this level’s own; the base stays as it is.
studio-state = Draft
studio-step = Version { $n }
studio-sound = No errors
studio-undo = Undo mine
studio-redo = Redo
studio-rebase = Bring in the newer revision
studio-discard = Discard the draft
studio-discard-ask = A discarded draft isn’t listed any more and can’t be published.
studio-findings-n = { $n ->
    [one] { $n } finding
   *[other] { $n } findings
  }
studio-go = Show
studio-unfinished = Not finished
studio-bare-clauses = { $n ->
    [one] { $n } clause isn’t carried yet
   *[other] { $n } clauses aren’t carried yet
}
studio-bare-clauses-what = Say which definition carries it, or that nothing has to. This doesn’t stop publication.
studio-bare-texts = { $n ->
    [one] { $n } text lacks a language
   *[other] { $n } texts lack a language
}
studio-bare-texts-what = Readers of that language see the Chinese. This doesn’t stop publication.
studio-add = New file
studio-add-kind = Kind
studio-add-id = Id (small letters, digits, underscores)
studio-add-do = Add
studio-conflict = Somebody else changed the same place. Nothing was saved; please choose.
studio-mine = Mine
studio-theirs = Theirs
studio-theirs-at = The other person, { $at }
studio-theirs-by = { $who }, { $at }
studio-mine-elsewhere = Mine in another window, { $at }
studio-said-nothing = (nothing of it)
studio-gone = (removed)
studio-take-mine = Take mine
studio-take-theirs = Take theirs
studio-yaml = The YAML
studio-typing = Typing…
studio-saved = Draft saved { $time }
studio-not-saved = Not saved
studio-merged = Somebody changed this file at the same time; both changes are in.
studio-typed-kept = What was typed here while the connection was away is still there; the file has changed since.
studio-typed-back = Put it back
studio-typed-drop = Drop it
studio-typed-put-back = What was typed while the connection was away is back.
studio-says = What this file says
studio-says-nothing = There are no sentences for this kind of file.
studio-sound-here = Nothing is wrong with this file.
studio-elsewhere = { $n ->
    [one] { $n } error in another file
   *[other] { $n } errors in other files
  }
studio-remove = Remove this level’s own file
studio-remove-cases = Its cases go with it. This can be undone.
studio-forward = Put into force…
studio-back = Back
studio-gates = Before it is in force
studio-gate-checked = Checked, and it changes something
studio-gate-cases = Cases pass
studio-gate-seen = Impact seen
studio-gate-approved = Approved
studio-gate-done = done
studio-gate-open = open
studio-cases-run = Run the cases
studio-cases-green = { $of ->
    [one] The only case passes
   *[other] All { $of } cases pass
  }
studio-cases-failed = { $failed } of { $of } cases fail
studio-despite-cases = The change is intended: go on although cases fail
studio-case-why = Why it came out so
studio-despite-entries = These entries will no longer count: go on
studio-left-out-missing = The old entries weren’t asked this. To let them count, choose below from which day the new form is filled in; or don’t require an answer.
studio-from-day = From which day is “{ $form }” filled in the new way?
studio-from-day-what = What happened before that day is read as the form was, and all of it goes on to count ({ $n }); nobody fills anything in again. What happens from that day on is asked the new way.
studio-from-day-label = From this day on
studio-from-day-none = Choose a day.
studio-from-day-do = From this day
studio-left-out-otherwise = To let them count: mark choices that aren’t used any more “Retired” instead of removing them; ask a question of another type beside the old one.
studio-seen-what = Before it is in force, look at what would change for whom.
studio-seen-of = The impact on { $period }, seen { $at }
studio-once = Is “{ $question }” the former “{ $former }”?
studio-once-same = Is the new “{ $question }” the same question as the one that goes?
studio-once-what = Then what was answered to the old question is this one’s answer and goes on to count; nobody fills anything in again.
studio-once-do = The same question
studio-entries = What becomes of the entries there are
studio-entries-what = The change of the forms touches these answers. No entry is lost from the ledger.
studio-places = What becomes of places
studio-place-new = New
studio-place-new-from = New from { $day }
studio-place-moved = In { $to } from { $day }
studio-place-renamed = Renamed
studio-place-ends = Ends on { $day }
studio-place-goes_on = Stays
studio-place-goes-until = Stays until { $day }
studio-place-gone = Deleted from the file
studio-place-many = { $what } { $n }
studio-place-posts = Still in charge after that: { $who }. Let their posts end first.
studio-place-subjects = Still there after that: { $what }. Nothing is lost; move them to another place.
studio-place-entries = { $n ->
    [one] One entry names it
   *[other] { $n } entries name it
    }: say when it ends instead of deleting it.
studio-lacks = Not yet: { $what }
studio-lacks-unchanged = nothing was changed
studio-lacks-behind = bring in the newer revision first
studio-lacks-errors = mend the errors first
studio-lacks-cases = the cases haven’t all passed
studio-lacks-entries = some entries would no longer count; say that this is intended
studio-lacks-places = a place can’t end yet
studio-lacks-seen = the impact hasn’t been looked at
studio-lacks-approved = nobody has approved it
studio-alone = No post approves; decided by who published: { $why }
studio-alone-what = The regulation in force names no post that approves changes. Whoever may publish decides alone, says why, and the reason stays with the revision.
studio-alone-label = Why it goes without a post that approves (required)
studio-by-command = put into force at the command line
studio-by-demo = Came with the demo
studio-impact = Work out the impact
studio-approvers = To be approved by: { $who }
studio-approver = { $post } ({ $names })
studio-approver-none = Nobody holds the post { $post } now: appoint somebody under “People and posts” first.
studio-approved-by = approved by { $who }
studio-decided = { $resolution }, in force from { $day }
studio-scheduled = A revision is set to be in force from { $day }
studio-not-yours = Your post doesn’t approve changes.
studio-effective = In force from
studio-why-label = Why this day (needed for one before today)
studio-approve = Approve
studio-publish = Put into force
studio-published-for = Settled: in force from { $day }. Until then nothing changes.
studio-publishing = Being put into force: checked once more, stored as a revision, taken up everywhere. One moment…
studio-words-item = { $item }: { $said }
studio-words-within = { $left } · { $right }
studio-words-appraisal = Made of these parts: { $parts }
studio-words-part = { $title } { $weight }
studio-words-part-of = { $title } { $weight } (of it: { $parts })
studio-words-role = May: { $may }
studio-words-question = “{ $title }”: { $what }
studio-words-required = required
studio-words-filled-by = Filled in by { $posts }
studio-words-form = { $n ->
    [one] Asks one question: { $asked }
   *[other] Asks { $n } questions: { $asked }
  }
studio-words-form-more = Asks { $n } questions, first: { $asked }
studio-may-record = fill in forms
studio-may-see-place = see all records of the place
studio-may-see-sensitive = see sensitive answers
studio-may-see-scores = see the scores of others
studio-may-correct = correct the records of others
studio-may-appraise = make appraisals
studio-may-publish = change and publish the regulation
studio-may-approve = approve changes of the regulation
studio-may-administer = manage people and accounts
studio-says-later = Once the errors are mended, this says in a sentence what it means.
studio-compose = Edit as a form
studio-stale = The files on this machine are of an earlier revision
studio-stale-what = They are a copy that nobody changed. They can be brought to what was published last.
studio-stale-do = Update the files
editor-fold = Fold this part
editor-unfold = Unfold this part
editor-folded = Folded lines
editor-unfolded = Unfolded lines
editor-hidden = folded part
editor-to = to
editor-find = Find
editor-with = Replace with
editor-next = Next
editor-previous = Previous
editor-all = All
editor-case = Match case
editor-word = Whole words
editor-regexp = Regular expression
editor-replace = Replace
editor-replace-all = Replace all
editor-match = current match
editor-line = on line
editor-completions = What can be typed
editor-close = Close
studio-posts-end = The post “{ $post }” is gone. From { $day } on these hold it no more: { $who }
studio-posts-then = the day it comes into force
