# The page of imports: upload, columns, check, store
import-title = Import a list
import-sub = Bring an Excel or csv list that you have into the ledger
import-new = A new import
import-new-what = Choose the form, then the file: .xlsx, .csv, .tsv or .txt, at most { $limit } MB. It is checked first, nothing is stored yet.
import-form = Into which form
import-choose = Choose a file
import-reading = Reading…
import-list = Earlier imports
import-none = Nothing was imported yet
import-none-what = Choose a file and go step by step. Closing the page loses nothing; come back and go on.
import-step-map = Columns to be named
import-step-check = Being checked
import-step-checked = Checked, to be stored
import-step-store = Being stored
import-step-stored = Stored
import-step-failed = Not finished
import-columns = What each column is
import-columns-what = Proposed from the titles; please check. A list with the same titles will be read like this one.
import-column-for = Column “{ $title }” is
import-skip = Left out
import-samples = For instance { $samples }
import-by = Who did what rows don’t name anybody for
import-preview = How the first rows will be read
import-preview-of = { $n ->
        [one] { $n } row
       *[other] { $n } rows
    } in all
import-row = Row { $n }
entry-imported = From a list
import-cell = column { $column } “{ $title }”
import-became-new = New
import-became-changed = Changed
import-became-known = There already
import-became-faulty = Faulty
import-check = { $n ->
        [one] Check { $n } row
       *[other] Check all { $n } rows
    }
import-check-none = Mend the columns first, then they can be checked.
import-progress = { $of ->
        [0] Waiting…
       *[other] { $done } of { $of } rows
    }
job-resumes = It was interrupted and goes on by itself within { $n } s; nothing is stored twice.
import-progress-what = You can close this page: it goes on.
import-found = What was found
import-done = What became of it
import-count-new = New
import-count-changed = Changed
import-count-known = There already
import-count-faulty = Faulty
import-fault-of = “{ $title }”: { $what }
import-faults = What is wrong
import-faults-first = The first { $n } of { $all }; the workbook to download has all.
import-faults-what = Faulty rows aren’t stored. Download them, mend them there, and import that file.
import-returned = Download the faulty rows
import-store = { $n ->
        [one] Store { $n } row
       *[other] Store { $n } rows
    }
import-store-none = There is no row to store
import-back = Change the columns
import-again = Begin again
import-forget = Take off the list
import-another = Import another list
import-stored-what = Stored. Importing the same file again changes nothing.
import-says = { $title }: { $value }
import-lost = It didn’t get through. Look at your connection and choose the file again.
