# The command line
cli-usage = Usage:
cli-arguments = Arguments
cli-options = Options
cli-help = show this help and end
cli-language = language of what is said: zh, en or es (else the terminal’s)
cli-fault-value = { $name } needs a value.
cli-fault-invalid = { $name } can’t be “{ $value }”.
cli-fault-required = This is missing: { $name }.
cli-fault-unknown = Not known here: { $value }.
cli-fault-extra = { $name } takes no value like this.
cli-no-command = There is no command “{ $command }”. ./gridbook lists them.
cli-interrupted = Interrupted. What was confirmed is stored.
cli-engine = The rules engine gave no result that can be trusted ({ $reason }). Nothing was changed; try again.
cli-internal = A fault of gridbook itself ({ $kind }). Where it happened stands in { $path }; it holds no personal data. Please send it to whoever looks after gridbook.
cli-migrating = Bringing the database up to date: { $name }

cli-serve = Start the app in this terminal; Ctrl-C stops it.
cli-serving = gridbook is ready: { $address }
cli-stopped = Stopped.
cli-option-host = address to listen on; 0.0.0.0 lets phones in the same network in
cli-option-port = port to listen on

cli-demo = Make the demo: invented communities with more than a year of entries. Calling it again adds what is missing.
cli-demo-making = Making the demo communities…
cli-demo-storing = Storing entries
cli-demo-done = The demo is ready, with { $people } people to look at it as. Start it with ./gridbook serve.

cli-check = Look for faults in the forms and rules, each with its line and remedy. With --ledger and --period also tell what that ledger never made use of.
cli-checking = Checking
cli-check-done = { $place }: { $files } files, { $errors } errors, { $warnings } warnings, { $acknowledged } acknowledged.
cli-check-needs = --ledger and --period belong together, and need --place.
cli-cases = Run the regulation’s own examples; NAME picks by file or title. With --nudge, tell which figures no case notices; NAME picks figures.
cli-cases-running = Cases
cli-cases-failed = { $where }: “{ $title }”
cli-cases-done = { $passed } of { $all } cases pass.
cli-cases-none = No case has “{ $names }” in its file or title. Without names all of them run.
cli-nudge-running = Figures
cli-nudge-done = { $noticed } of { $all } figures are noticed by a case.
cli-nudge-none = No figure has “{ $names }” in its path or file. Without names all of them are tried.
cli-coverage = Tell which definition carries each item of the documents; ends with code 1 if nothing carries one.
cli-coverage-information = information only
cli-coverage-page = waits for a page: { $page }
cli-coverage-missing = carried by nothing
cli-coverage-kind = { $kind }: { $done } of { $all }
cli-coverage-done = { $all } items: { $carried } carried, { $information } information only, { $page } waiting for a page, { $missing } carried by nothing.
cli-publish = Put the forms and rules of a place into force, after showing what changes.
cli-publish-none = { $place }: nothing differs from the revision in force.
cli-publish-change = { $kind ->
    [added] new
    [removed] gone
   *[changed] changed
  } { $path }
cli-publish-drafted = The files are draft { $draft } in the studio now.
cli-publish-ask = Put this into force? [y/N]
cli-publish-yes = y
cli-publish-left = Nothing was published.
cli-publish-form = “{ $form }” has { $entries } entries that stand:
cli-publish-question = { $fate ->
        [new] new question { $question }: unknown in { $entries } earlier entries, which count as before
        [carried] the answers of { $entries } entries go on as { $question }
        [otherwise] { $question }: the answers of { $entries } entries are read otherwise
        [gone] { $question } is asked no more: the answers of { $entries } entries stay in them, and no rule reads them
       *[left_out] { $question }: { $entries } entries would count nowhere any more
    }
cli-publish-form-gone = the form is gone: { $entries } entries would count nowhere any more
cli-publish-cases = { $failed } cases of the regulation fail. Mend the rules or the cases, then publish again; if the change is meant, add --despite-cases.
cli-published = { $place }: revision { $revision } is in force.
cli-evaluate = Work out what was due, done and scored, from files alone, as JSON.
cli-evaluate-reading = Reading
cli-evaluating = Working out
cli-writing = Writing
cli-evaluated = { $entries } entries, { $tables } tables.
cli-appraise = Work out the appraisals of a period from the store.
cli-ranking = Ranking
cli-appraise-none = There is no appraisal for this period.
cli-print = Write the appraisals of a period as PDF, a file a person.
cli-printing = Printing
cli-printed = { $count } files in { $folder }
cli-freeze = Close a period: keep its outcome as it is now, for good, and publish its appraisals.
cli-frozen = { $period } of { $place } is closed as of { $at }. Publications: { $entries }
cli-difference = What a closed period would be now: rows that differ, whom they concern and why.
cli-impact = Work a draft and the rules in force out over a past period, and tell what would change
cli-impact-working = Trying it out
cli-option-files = folder with the draft’s files (default: those here)
cli-impact-nobody = Nothing changes for { $person }.
cli-impact-written = Written to { $path }.
cli-difference-none = { $period } would come out as it was closed. Entries recorded since: { $later }
cli-difference-some = { $changes } rows of { $period } would be otherwise; the closed outcome stays. Entries recorded since: { $later }
cli-difference-row = { $kind ->
    [added] new
    [removed] gone
   *[changed] changed
 }: { $table } { $key }
cli-difference-column =   { $name }: { $before } → { $after }
cli-difference-causes =   because of { $causes }
cli-difference-time =   because time went on
cli-archive = Write a closed period with all that it follows from into one file: its outcome, the regulation, the entries.
cli-archived = { $period } of { $place } with { $entries } entries is in the archive. It holds sensitive answers: keep it where only those may look who may see them.
cli-verify = Work the archive of a closed period out again and say whether it comes out identical, or where it first differs.
cli-verified = Identical: { $period } of { $place } comes out as it was closed, from { $entries } entries under revision { $revision }.
cli-verify-printed = Its prints end with: rules { $revision }, ledger { $ledger }.
cli-verify-altered = { $part ->
    [regulation] The files of the regulation aren’t those under which the period was closed.
    [entries] The entries aren’t those from which the period was closed.
   *[outcome] The outcome in the archive isn’t the one that was written at the closing.
 }
cli-verify-differs = { $period } of { $place } does not come out as it was closed (revision { $revision }). Rows that differ: { $rows }
cli-option-print-all = everybody in one merged file, and a zip of single ones; given again after a break, it goes on
cli-option-print-what = what to print: everybody’s appraisal (unless told otherwise), the report of a community or street, certificates, a card
cli-option-subject = whose card, such as household/hh-0001
cli-option-print-sensitive = the card with sensitive answers, which are masked else
cli-option-in = the language of the print, else that of the messages; zh-Hant is Chinese in traditional characters
cli-option-all = tell every row that differs, not the first alone
cli-rebuild = Derive all that is derived in the store again from the entries.
cli-rebuilding = Rebuilding
cli-rebuilt = Rebuilt from { $entries } entries.
cli-import = Read entries from a JSON Lines file into the ledger of a place; with --form the rows of a workbook (.xlsx) or csv file.
cli-imported = { $new } new entries, { $known } were there already, { $faults } faults.
cli-imported-silent = { $n } entries were stored and count nowhere, for the reasons above; the outcome names each of them (excluded).
cli-importing = Reading rows
cli-imported-rows = { $new } new, { $changed } changed, { $known } there already, { $faulty } faulty rows.
cli-tried-rows = Nothing was stored. It would be { $new } new, { $changed } changed, { $known } there already, { $faulty } faulty rows.
cli-returned = The { $rows } faulty rows are in { $path }: mend them there and import that file.
cli-mapping-kept = Which column is what is kept in { $path }: check it; the next import goes by it.
cli-fault-line = { $where }: { $text }
cli-more-faults = … and { $rows } more faulty rows; --faults FILE.xlsx writes them all.
cli-option-form = the form whose rows the file holds
cli-option-entries = the entries of the form, where it would be the present state of what it describes
cli-option-sensitive = with sensitive answers, such as identity and telephone numbers
cli-option-map = which column is what (YAML): read if it is there, else written as proposed
cli-option-dry-run = only tell what would become of the rows
cli-option-faults = where to write the faulty rows, with what is wrong with each (.xlsx)
cli-export = Write the ledger of a place to a JSON Lines file, everything, sensitive answers too; with --form one list to .xlsx or csv.
cli-exported = { $entries } entries in { $path }
cli-exported-rows = { $rows } rows in { $path }
cli-backup = Copy the running database, as it is at one moment, to a file.
cli-backing-up = Backing up
cli-backed-up = { $rows } rows in { $path }
cli-restore = Bring a backup back, all of it and verified, or nothing.
cli-restoring = Restoring
cli-restored = { $rows } rows restored. Applications that run meanwhile must be started again.
cli-bench = Measure speed and memory against plain SQL; takes some minutes.
cli-benching = Measuring

cli-option-place = community: its id or its folder under config/
cli-option-names = part of a case’s file or title
cli-option-ledger = entries, one JSON object a line
cli-option-period = such as 2025, 2025-Q1, 2025-03
cli-option-as-of = a date (its first instant at the place) or an instant with its offset
cli-option-against = the folder of other files of the place (with forms, rules, config): writes what differs from their outcome
cli-compared = { $changes } rows differ; { $rerun } tables were worked out again
cli-option-out = where to write; without it to the terminal
cli-option-resolution = number or words of the resolution that puts it into force
cli-option-by = who does it; on import who did what the rows tell, where they don’t say
cli-option-despite-cases = publish although cases fail
cli-option-despite-entries = publish although entries count no more
cli-option-yes = don’t ask
cli-option-person = one person only
cli-option-file = file
cli-option-force = replace what the store holds
cli-option-only = take one measurement alone, by its letter in docs/measurements.md (c comes with a)
cli-option-paging = measure only the pages of a ledger of a million entries (fills one first: many minutes)
cli-option-pairs = how many pairs to measure; the median counts
cli-option-nudge = tell which figures no case notices

# Problems of commands and services
problem-E510 = No regulation of “{ $place }” is in force yet: its files are there, and nobody has published them.
    .remedy = Publish them and try again: ./gridbook publish --place { $place } --yes
problem-E511 = “{ $period }” isn’t a period.
    .remedy = Write 2025, 2025-Q1, 2025-H1 or 2025-03.
problem-E512 = The declared files have no role that may administer, or no form that appoints to a post.
    .remedy = Declare a role with “may: [administer]” and a form of appointments.
problem-E520 = A scenario of the demo is missing or can’t be read.
    .remedy = Get the files config/demo/*/scenario.yaml back from the repository.
problem-E521 = This data folder holds a demo of an older version ({ $places }). Its entries stay as they are; whatever else the demo has was added.
    .remedy = For a demo that is all new, run ./gridbook demo with an empty data folder (GRIDBOOK_DATA).
problem-E531 = Port { $port } is in use.
    .remedy = Stop the other program, or choose another port with --port.
problem-E532 = Port { $port } can’t be listened on at this address.
    .remedy = Choose a port over 1024 with --port, and an address of this machine with --host.
problem-E541 = The files have changed since you looked at them.
    .remedy = Look at the changes again, then publish.
problem-E542 = Somebody else has published since this copy of the files was made.
    .remedy = Get the newer files first and make your change in them; so nobody’s work is lost.
problem-E543 =
    { $failed ->
        [one] A case of the regulation fails.
       *[other] { $failed } cases of the regulation fail.
    }
    .remedy = Correct the rule or the case; if the change is meant, say that you publish all the same.
problem-E544 = { $what }: with this change { $entries } of the entries there are would count nowhere any more.
    .remedy = Say from which day a new question is asked (in_force: {"{"}from: …{"}"}); retire a choice (retired: true) instead of removing it; give a question of another type a name of its own, and name the old one of a renamed question with was; keep a form and say until when it holds. If it is meant, publish with --despite-entries.
problem-E551 = There is no community “{ $place }”.
    .remedy = Known are: { $known }.
problem-E552 = { $path } can’t be read.
    .remedy = Check the path and the rights of the file.
problem-E553 = { $path } can’t be written.
    .remedy = Check the path and the rights of the folder.
problem-E554 = “{ $value }” is neither a date nor an instant with an offset.
    .remedy = Write 2026-01-05 or 2026-01-05T08:00:00+08:00.
problem-E560 = { $column } should be { $wanted } and is { $found }.
    .remedy = Correct the rule or the expectation.
problem-E561 = { $table } has no row with { $said }.
    .remedy = Correct the rule or the expectation; “rows: 0” expects none.
problem-E562 = { $table } has { $found } rows with { $said }.
    .remedy = Name more columns, so that one row is meant, or expect their number with “rows”.
problem-E563 = { $table } should have { $wanted } such rows and has { $found }.
    .remedy = Correct the rule or the expectation.
problem-E565 = The given entry { $entry } should not count ({ $reason }), but it counts or is left out for another reason.
    .remedy = Take excluded out, or mend the entry.
problem-E564 =
    { $reason ->
        [subject_missing] The given entry { $entry } doesn’t count: it names no subject.
        [answer_missing] The given entry { $entry } doesn’t count: an answer is missing that must be given.
        [span_reversed] The given entry { $entry } doesn’t count: it ends before it starts.
        [check] The given entry { $entry } doesn’t count: a check of its form fails.
        [once_per] The given entry { $entry } doesn’t count: only the first one of its time counts.
        [too_big] The given entry { $entry } doesn’t count: a number is too big.
        [too_long] The given entry { $entry } doesn’t count: an answer is too long.
        [zero_denominator] The given entry { $entry } doesn’t count: a fraction divides by zero.
        [number_as_float] The given entry { $entry } doesn’t count: a decimal number isn’t written as a text.
        [not_a_number] The given entry { $entry } doesn’t count: an answer isn’t a number.
        [not_an_integer] The given entry { $entry } doesn’t count: an answer isn’t a whole number.
        [not_a_boolean] The given entry { $entry } doesn’t count: an answer isn’t true or false.
        [not_a_choice] The given entry { $entry } doesn’t count: an answer isn’t one of the choices.
        [not_a_date] The given entry { $entry } doesn’t count: an answer isn’t a day.
        [not_an_instant] The given entry { $entry } doesn’t count: an answer isn’t an instant.
        [no_offset] The given entry { $entry } doesn’t count: an instant has no offset.
        [not_a_time] The given entry { $entry } doesn’t count: an answer isn’t a time of day.
        [not_a_period] The given entry { $entry } doesn’t count: an answer isn’t a period.
        [not_a_length] The given entry { $entry } doesn’t count: an answer isn’t a length of time.
        [not_a_span] The given entry { $entry } doesn’t count: an answer isn’t a span of time.
        [text_wanted] The given entry { $entry } doesn’t count: an answer isn’t a text.
        [list_wanted] The given entry { $entry } doesn’t count: an answer isn’t a list.
        [object_wanted] The given entry { $entry } doesn’t count: an answer isn’t a mapping.
       *[other] The given entry { $entry } doesn’t count: an answer can’t be read.
    }
    .remedy = Correct the given entry.
problem-E580 =
    { $reason ->
        [nothing] Nothing carries { $item } ({ $kind }).
        [kind] What carries { $item } ({ $kind }) isn’t of a kind that can.
        [kept] No case shows { $item } kept.
        [broken] No case shows { $item } broken.
        [information] { $item } ({ $kind }) can’t be information only.
        [page] { $item } ({ $kind }) can’t wait for a page.
        [unknown] { $kind } names { $item }, which no inventory has.
       *[other] { $item } isn’t carried.
    }
    .remedy = { $reason ->
        [kind] Carry it with one of these: { $wanted }.
        [kept] Name it in the clause of a case that expects what happens when it is kept.
        [broken] Name it in the clause of a case that expects what happens when it is broken.
        [unknown] Check the number, or add it to config/inventories.
       *[other] Name it under items in the clause of a definition.
    }
problem-E590 = The period { $period } isn’t over yet.
    .remedy = Close it after its last day.
problem-E591 = The period { $period } isn’t closed.
    .remedy = Close it first: ./gridbook freeze
problem-E592 = The regulation under which { $period } was closed can’t be read any more.
    .remedy = Restore it from a backup; the closed outcome itself isn’t affected.
problem-E593 = The entries known when { $period } was closed aren’t those of the ledger any more: some came in later that were recorded before.
    .remedy = Restore a backup from before that import, and write the archive there. ./gridbook difference tells what would be otherwise.
problem-E594 = The outcome of { $period } in the archive can’t be read.
    .remedy = Take the file as it was written; nobody may have edited it.
problem-E595 = { $path } isn’t the archive of a closed period.
    .remedy = Give a file that ./gridbook archive wrote.
problem-E596 = { $path } is damaged, or unpacks to more than any closed period has.
    .remedy = Copy it again from where it was kept.
problem-W581 = The plugin “{ $other }” claims “{ $name }”, which “{ $holder }” brings already.
    .remedy = “{ $holder }” keeps it. Ask the maker of one of the two for another name, or uninstall one.
problem-W582 = The plugin “{ $plugin }” couldn’t be started: { $reason }
    .remedy = All else works without it. Install another version of the package, or remove it.
cli-plugins = List the plugins that are installed, and what each brings.
cli-plugins-along = comes along
cli-plugins-one = { $name } ({ $version })
cli-plugins-field-type = Types of questions
cli-plugins-aggregate = Aggregates
cli-plugins-method = Methods
cli-plugins-counting = Ways of counting
cli-plugins-windows = Ways in which windows come about
cli-plugins-check = Checks of plausibility
cli-plugins-setting = Can be set
cli-option-schema = print the JSON Schema of plugins.yaml with all settings of what is installed
cli-explain = Tell why rows of a table are what they are: figures, conditions, the rows and entries behind them.
cli-option-table = a table of the outcome, such as a duty, a rule, an indicator or a sheet
cli-option-values = which rows: values of columns, such as subject=h1 window=2025-Q1
cli-explained =
    { $rows ->
        [0] No such row.
        [one] One row; it rests on { $entries } entries.
       *[other] { $rows } rows; they rest on { $entries } entries.
    }
problem-E555 = There is no “{ $what }” here. There are: { $known }
    .remedy = Name a table of the outcome, and columns of it.
cli-layers = Which level each value comes from, what each level changed and why, and what this place may change
cli-layers-recorded = { $path } says now what it lies over.
cli-layers-value = { $path } = { $value } ({ $layer }) { $where }
cli-layers-base = base
cli-layers-free = may be changed: { $free }
cli-layers-level = { $layer }: { $before } → { $after } ({ $why }) { $where }
cli-appoint = Appoint the first person of a street, district or community that stands in the files, and give an invitation link
cli-option-appoint-place = the place: its id or its folder under config/
cli-option-invite-place = the place: its id or its folder under config/
cli-option-name = the person’s name
cli-option-appoint-login = the login name
cli-appointed = { $name } administers { $place } now. Hand over this link: it works for 3 days, once:
cli-promote = A change of a community for all of a level above: its overlay’s path, or the id of a file of its own
cli-promote-added = new
cli-promote-changed = changed
cli-promote-removed = gone
cli-promote-checked = { $place }: { $n } new findings
cli-promoted = “{ $what }” stands at { $place } now. Each community publishes it as any other change.
cli-option-record = write into the overlay what it lies over
cli-option-to = the place above
cli-option-what = path of the overlay’s change, or id of a definition
problem-E597 = “{ $what }” isn’t a place above { $place }.
    .remedy = Name a street or district that the community lies in.
problem-E598 = { $place } itself changes nothing at “{ $what }”.
    .remedy = See under Layers (or with ./gridbook layers) what it changes; a definition of its own goes by its id.
problem-E599 = { $reason ->
    [held] { $what } would end on { $day }, and { $number ->
        [one] somebody would still hold a post
       *[other] { $number } people would still hold posts
        } there.
   *[named] { $what } isn’t declared any more, and { $number ->
        [one] one entry names
       *[other] { $number } entries name
        } it.
    }
    .remedy = { $reason ->
        [held] Under “People and posts” let them end by that day, or choose another day.
       *[named] Don’t delete the place: say from when it is there no more (until in in_force), so that its entries keep their place.
        }
cli-reference = Explain every keyword of the rules’ files
cli-option-kind = only this kind of file, such as duty
cli-reference-unknown = There is no kind “{ $what }”. There are: { $known }
cli-xlsform = Write a form as a workbook for KoboToolbox and ODK, or read one of theirs
cli-option-read = read the workbook and print the form’s file
cli-xlsform-unknown = There is no type here for “{ $name }”: left out.
cli-xlsform-left = “{ $name }”: { $key } stays behind; XLSForm says it in its own way.
cli-xlsform-written = { $path }: { $n } rows.
cli-invite = Make a link that sets a password for somebody who administers, where nobody of the community, street or district can any more: a forgotten password, a disabled account, a post that nobody holds.
cli-invited = { $name } (account { $login }) sets a password with this link, once, until { $until }; the ledger says so:
cli-invited-opened = The account { $login } was disabled and is enabled again.
cli-invited-appointed = { $name } holds this post from now on: { $post }.
cli-option-invite-person = whom to let in: a person’s id, account or name
cli-option-login = login name for somebody without an account
cli-option-role = post (its id) that somebody without one that may administer holds from now on
problem-W583 = The new regulation has no post “{ $name }”: { $people } hold it no more from the day it comes into force.
    .remedy = Bring the post back, or appoint them to others under People first.
