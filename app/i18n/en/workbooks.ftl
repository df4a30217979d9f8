# Importing and exporting workbooks and csv files. The first four are what columns are called; in any language they are known.
workbook-column-at = Happened at
workbook-column-by = Done by
workbook-column-subject = About
workbook-column-faults = Faults (passed over on import)

problem-E450 = This file is damaged, or isn’t what its name says.
    .remedy = Open it in a spreadsheet program and save it anew as .xlsx, or as csv.
problem-E451 = This workbook is protected by a password.
    .remedy = Open it, take the password away, save it and import it again.
problem-E452 = This file isn’t an .xlsx workbook.
    .remedy = Open it in a spreadsheet program and save it as .xlsx (not .xls or .et), or as csv.
problem-E453 = This file is larger than { $limit } MB, packed or unpacked.
    .remedy = Split it, or delete pictures and sheets that aren’t needed.
problem-E454 = The cell { $cell } lies far outside of the table.
    .remedy = Delete the columns and rows after the table’s end, and save.
problem-E455 = This file has more than { $limit } rows.
    .remedy = Split it into several files; they can be imported one after the other.
problem-E456 = This line is in no known encoding.
    .remedy = Save the file as UTF-8 or as .xlsx.
problem-E457 = A quotation mark in this row isn’t closed.
    .remedy = Close it; a quotation mark that belongs to the text is written twice.
problem-E458 = No row of this file has the titles of the form’s columns.
    .remedy = Name the columns as the form’s questions ({ $titles }), or say in a mapping what they are.
problem-E459 =
    { $reason ->
        [shape] "{ $name }" in the mapping is missing or isn’t what belongs there.
        [form] The mapping is for the form { $name }.
        [field] The mapping names { $name }, which the form doesn’t have.
        [choice] The mapping names the choice { $name }, which the question doesn’t have.
       *[other] The mapping can’t be read: { $name }.
    }
    .remedy = Correct the mapping, or delete it to have a new one proposed.
problem-E460 = This number has lost digits: a program keeps only fifteen.
    .remedy = Set the cell’s format to text, and type the whole number again.
problem-E461 = The program turned what was typed into a date or a time.
    .remedy = Set the cell’s format to text, and type it again.
problem-E462 =
    { $reason ->
        [day] This isn’t a day.
        [two_days] This can be two different days.
        [serial] This is the number behind a date, not a date.
        [moment] This isn’t a day with a time.
        [time] This isn’t a time of day.
        [number] This isn’t a number.
        [two_numbers] The comma can mean thousands or a decimal.
        [boolean] This is neither yes nor no.
       *[other] This can’t be read.
    }
    .remedy =
        { $reason ->
            [day] Write it like 2025-03-17.
            [two_days] Write it with the year first, like 2025-03-17.
            [serial] Give the column a date format and save it, or write it like 2025-03-17.
            [moment] Write it like 2025-03-17 09:10.
            [time] Write it like 09:10.
            [two_numbers] Write it without a comma, with a point before decimals.
            [boolean] Write yes or no.
           *[other] Write digits only, with a point before decimals.
        }
problem-E463 = This isn’t one of the question’s choices.
    .remedy = Write one of the choices as the form shows it; several are separated by commas.
problem-E464 = Nothing is called so.
    .remedy = Write the plate, the name or the id as the ledger has it, or add it to the ledger first.
problem-E465 = Several are called so.
    .remedy = Write the plate with the name, or the id.
problem-E466 = Column { $first } is the same question as this one ("{ $title }").
    .remedy = Rename or delete one of the two.
problem-E467 = A formula stands here, not a value.
    .remedy = Check the value that it last gave, and put it in the formula’s place (paste as value).
problem-E468 = This cell is part of a merged cell.
    .remedy = Unmerge it, and write in each row what belongs there.
problem-E469 = This row is in another encoding than the rest of the file.
    .remedy = Check how it was read, and save the whole file as UTF-8.
problem-E470 = Nothing says who did it.
    .remedy = Add a column "Done by", or name the person with --by.
problem-E471 = No column says whom it is about.
    .remedy = Add a column "About" with the plate, the name or the id.
problem-E472 = This question isn’t asked with the other answers of the row: the answer would be lost.
    .remedy = Empty the cell, or correct the answer that the question depends on.
problem-E473 = Row { $row } describes the same.
    .remedy = Keep the row that is right, and delete the other.
problem-E474 = This row repeats row { $row }.
    .remedy = Delete it, or write what differs, such as the time.
problem-E475 = There is no form { $form } here.
    .remedy = These are there: { $known }.
problem-E476 = There is no person "{ $name }" here, or there are several.
    .remedy = Write the name or the id as the file of the person has it.
problem-E477 = This file isn’t here any more.
    .remedy = Choose it again: what was stored already isn’t repeated.
problem-E478 = This import isn’t at that step now; somebody may have gone on with it.
    .remedy = Open the page again and see how far it is.
problem-E479 = The work stopped unexpectedly; what was stored is there.
    .remedy = Try once more; if it stays so, tell your administrator the time.
problem-E480 = No column answers this in the whole sheet; rows that lack it: { $n }.
    .remedy = Add the column and import again; if it is there, choose this question for it among the columns.
problem-W450 = This sheet is hidden and was passed over.
    .remedy = Show it in the spreadsheet program if it belongs to the import.
problem-W451 = No row of this sheet has the titles of the form’s columns: it was passed over.
    .remedy = Name its columns as the form’s questions if it belongs to the import.
problem-W452 = The column "{ $title }" answers no question and was passed over.
    .remedy = Say in the mapping which question it answers, if it answers one.
problem-W453 = { $n ->
    [one] A row is hidden ({ $rows }) and is read like all others.
   *[other] { $n } rows are hidden ({ $rows }) and are read like all others.
    }
    .remedy = Delete what doesn’t belong to the import in the spreadsheet program, and upload the file again.
problem-W454 = { $n ->
    [one] A column is hidden ({ $columns }) and is read like all others.
   *[other] { $n } columns are hidden ({ $columns }) and are read like all others.
    }
    .remedy = Let the columns that don’t belong to the import answer no question.

workbook-no-choice = This isn’t one of the choices: { $choices }.
workbook-no-choice-of-many = This isn’t one of the choices: { $choices }, and others.
workbook-answers = Possible answers
workbook-note-required = Required
workbook-note-several = Several can be given, with commas between them
workbook-note-none = For nothing write “none”
workbook-note-date = Such as 2025-03-17
workbook-note-unit = In { $unit }
workbook-note-at = Such as 2025-03-17 14:30; empty means now
workbook-note-by = A name; empty means whom you choose when importing
workbook-note-subject = Door plate, name or id
import-blank = Download a blank list
import-blank-what = No list yet? Download a blank one for this form, fill it in and import it.
