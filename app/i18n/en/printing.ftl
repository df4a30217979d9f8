# The printed appraisal
print-check = Check code { $code }
print-page = Page { $page } of { $pages }
print-item = Item
print-part = { $title } (weight { $weight })
print-bonus = Bonus
print-total = Total
print-next = ({ $grade } and more)
print-rule = Rule
print-figures = Figures
print-arithmetic = Sum
print-figure = { $label } { $value } ({ $ground })
print-semicolon = ;{ " " }
print-stop = .{ " " }
print-number = No.
print-more = { $n ->
    [one] 1 more is on the score’s page in the system.
   *[other] { $n } more are on the score’s page in the system.
}
print-objection = Objections can be raised in writing or in this system while the result is on public display.
print-objection-days = Objections can be raised in writing or in this system within { $days } days.
print-sign-person = Signature of the person
print-sign-lead = Signature of the person in charge
print-seal = Seal
print-date = Date
print-regulation = Rules
print-ledger = Ledger
print-hashes = The same check code means the same rules, the same ledger, and the same points.
problem-E570 = There is no such appraisal.
    .remedy = Go back to the appraisal and open it from the list.
problem-E571 = Printing is turned off on this server.
    .remedy = For the administrator: if the start of the server tells that something is missing, install it; else set GRIDBOOK_PDF to auto. Then start again.
problem-E572 = The system library Pango is missing, which printing needs.
    .remedy = Debian: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; Fedora: dnf install pango; macOS: brew install pango; Windows: install pango with MSYS2. Then start again; everything else works without it.
problem-E573 = There is no font with Chinese characters; a print would lack them.
    .remedy = Debian: apt install fontconfig fonts-noto-cjk; Fedora: dnf install google-noto-sans-cjk-fonts. Then start again; everything else works without it.
print-as-of = As of { $day }
print-from-to = { $first } to { $last }
print-made = Made on { $day }
print-count = { $n ->
        [one] { $n } row
       *[other] { $n } rows
    }
print-column-at = When
print-column-by = Done by
print-column-subject = About
print-column-place = Place
