# The printed appraisal
print-check = Check code { $code }
print-page = Page { $page } of { $pages }
print-item = Item
print-part = { $title } (weight { $weight })
print-bonus = Bonus
print-total = Total
print-next = ({ $grade })
print-rule = Rule
print-figures = Figures
print-arithmetic = Sum
print-figure = { $label } { $value } ({ $ground })
print-assumed = assumed: { $why }
print-semicolon = ;{ " " }
print-stop = .{ " " }
print-number = No.
print-more = { $n ->
    [one] 1 more is on the score’s page in the system.
   *[other] { $n } more are on the score’s page in the system.
}
print-quoted = Clauses and reasons are quoted in Chinese: the regulation stands in no other language.
print-objection = Objections can be raised in writing or in this system while the result is on public display.
print-objection-days = Objections can be raised in writing or in this system within { $days } days.
print-sign-person = Signature of the person
print-sign-lead = Signature of the person in charge
print-seal = Seal
print-date = Date
print-regulation = Rules
print-ledger = Ledger
print-hashes = The same check code means the same rules, the same ledger, and the same points.
problem-E955 = Nobody is assessed at { $place } in { $period }.
    .remedy = Choose another period; gridbook appraise lists who is assessed in one.
problem-E956 = “{ $person }” isn’t assessed in { $period }.
    .remedy = Assessed are: { $known }.
problem-E570 = There is no such appraisal.
    .remedy = Go back to the appraisal and open it from the list.
problem-E571 = Printing is turned off on this server.
    .remedy = For the administrator: if the start of the server tells that something is missing, install it; else set GRIDBOOK_PDF to auto. Then start again.
problem-E572 = The system library Pango is missing, which printing needs.
    .remedy = Debian: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; Fedora: dnf install pango; macOS: brew install pango; Windows: install pango with MSYS2. Then start again; everything else works without it.
problem-E573 = There is no font with Chinese characters; a print would lack them.
    .remedy = Debian: apt install fontconfig fonts-noto-cjk; Fedora: dnf install google-noto-sans-cjk-fonts. Then start again; everything else works without it.
problem-E574 =
    { $reason ->
        [syntax] The print template can’t be read here: { $what }.
        [undefined] The print template uses a name that there isn’t: { $what }.
        [forbidden] The print template does something that templates may not do.
        [too_large] The print template makes a text or list too large.
        [too_long] The print template writes a page that is too long.
        [recursion] The print template calls itself again and again.
        [no_file] The print template takes in “{ $what }”, and there is no such file.
        [memory] The print template takes too much memory.
        [late] The print template didn’t end in the time that it has.
        [nested] The print template puts elements too deep into each other.
        [library] A library of the printing failed ({ $what }).
        [broken] The print template can’t be worked out here ({ $what }).
       *[other] The print template is at fault.
    }
    .remedy =
    { $reason ->
        [syntax] Correct this line; docs/printing.md says how templates are written.
        [undefined] docs/printing.md lists all names that a template can read; ask with “if” for those that may be missing.
        [forbidden] A template reads the values that it is given and nothing else, and changes none; see docs/printing.md.
        [no_file] Only files of the folder print and shipped templates can be taken in, by their name without a path.
       *[other] Look at the loops and calls here; if nothing helps, remove your own template, and the shipped one is used.
    }
problem-E575 = The printing process ended unexpectedly; nothing was printed.
    .remedy = Try again; if it stays so, ask the administrator to look at the machine’s memory and at your own print templates.
problem-E576 =
    Nothing more can be written: the disk of { $path } is full, or may not be written. What was printed is still there.
    .remedy = Make room (or correct the rights), then go on: it continues where it stopped; on the command line, give the same command again.
problem-E577 = A card needs to be told whose it is.
    .remedy = Use --subject TYPE/ID, such as --subject household/hh-0001.
problem-E578 = There is no certificate to print.
    .remedy = There are certificates for what the rules praise, once the period is over and the results are public; open it anew from the list.
problem-E579 = The register has { $rows } rows; at most { $most } are printed at once.
    .remedy = Choose a shorter period, or one grid; all of it can be taken along as a spreadsheet.
print-as-of = As of { $day }
print-so-far = since { $first }
print-from-to = { $first } to { $last }
print-no-rows = There is nothing to list.
print-made = Made on { $day }
print-count = { $n ->
        [one] { $n } row
       *[other] { $n } rows
    }
print-column-at = When
print-column-by = Done by
print-column-subject = About
print-column-place = Place
print-median-of = Median of { $n } in { $place }
print-reason = Reason
print-not-counted = Not counted by the rules
print-excused = Excused: gave no mark
print-anonymous = Anonymous
print-decision = Decision
print-change = Points changed
print-chart = Points beside the median
print-own = Own points
print-median = Median
print-posts = Posts
print-summaries = Own summary
print-comments = Assessors’ comments
print-appeals = Appeals
print-no-appeals = There are no appeals.
print-trace = Scan to follow each point to its grounds
print-certificate = Certificate
prints-title = Print everybody
prints-sub = All appraisals of the community at once
prints-new = Start
prints-new-what = All appraisals go into one merged file, and into a zip with a file for each person. You may leave this page meanwhile, or pause.
prints-start = Print: { $title } ({ $year })
prints-list = Batches
prints-none = Nothing has been printed yet
prints-none-what = Start a batch above; how far it is shows here.
prints-state-queued = Waiting
prints-state-running = Printing
prints-state-paused = Paused
prints-state-done = Done
prints-state-failed = Stopped
prints-progress = { $done } of { $of } people printed
prints-waiting = It begins as soon as what stands before it is done.
prints-counting = Working out everybody’s score; printing begins after that.
prints-joining = All { $of } people are printed; joining the files.
prints-pause = Pause
prints-go-on = Go on
prints-pdf = Merged PDF
prints-zip = Single files (zip)
prints-all = Print everybody
print-report-community = The community’s year in grid work
print-report-street = The communities of the street compared
print-report-unfinished = The period isn’t over; this is how it stands on that day.
print-rankings = Rankings
print-compared-scores = Scores compared
print-indicators = Indicators and their targets
print-compared-indicators = Indicators compared
print-duties = What became of duties
print-duties-all = All duties
print-share-means = Done = (met + late) ÷ (met + late + missed); what is still open, and what was waived, doesn’t count.
print-grade = Grade
print-bound-column = From
print-bound = { $points } points or more
print-quota = places: { $n }
print-people = People
print-rank = Rank
print-who = Name
print-place = Place
print-note = Note
print-why = Why
print-left-out = Not ranked
print-average = Average
print-lowest = Lowest
print-highest = Highest
print-counted = Counted
print-all = Of
print-value = Value
print-target = Target
print-reached-column = Reached
print-reached-yes = ○ reached
print-reached-no = × not reached
print-reached = { $n } of { $all } reach the target
print-of = { $n } of { $all }
print-figures-column = Figures
print-target-at-least = Target: { $value } or more
print-target-at-most = Target: { $value } at most
print-contested = Contested
print-figures-more = { $n } more rows aren’t listed; { $missed } of them don’t reach the target
print-figures-summed = { $n } rows, which aren’t listed one by one: together by period below
print-figures-absent = { $n } rows with nothing to measure aren’t listed
print-owed = Owed
print-open = Open
print-share = Done
print-all-places = All
print-place-itself = The place itself
print-tied = tied: { $n }
print-ranked = { $n } of { $all } have a score; average { $average }, median { $middle }
print-ranked-none = { $all } assessed, nobody has a score yet
print-lacking = lacking: { $items }
print-asked-present = must be in the post on { $day }
print-asked-in-post = must have been in the post for { $length } without a gap by { $day }
print-in-post = in the post: { $spans }
print-made-by = Drawn up by
print-checked-by = Checked by
print-report-hashes = The same check code means the same rules, the same ledger and the same figures.
print-card-record = Record
print-card-tags = Groups
print-card-masked =
    { $n ->
        [one] One answer isn’t shown, as the rules ask.
       *[other] { $n } answers aren’t shown, as the rules ask.
    }
print-card-owed = Visits and services
print-card-duty = What is owed
print-card-history = What happened
print-card-no-history = Nothing is recorded yet.
print-card-what = What
print-card-said = Content
print-card-gone = No longer in the register
print-card-until = until { $day }
print-card-more = { $n } earlier records are in the app.
print-card-by = Printed by { $name }. This card holds personal data: keep it safe and destroy it after use.
print-card-fact = { $title }: { $answer }
print-card-change = { $title }: { $before } → { $after }
print-certificate-sentence = for outstanding work in { $period }
print-certificate-number = Certificate no.
prints-report = Report of the year
prints-card = Print the card
prints-certificates = Certificates
prints-certificates-none = No certificates yet
prints-certificates-none-what = Once results are public, what the rules commend is listed here.
prints-language = Language
prints-pdf-one = Print as PDF
print-card-operator = the administrator
print-documents = Documents
