# Problems of declared files; docs/errors.md has an example of each
problem-E101 =
    { $reason ->
        [form] “{ $name }” can’t be an id: lower-case ASCII letters, digits and underscores only, starting with a letter.
        [reserved] “{ $name }” is a word of the language itself.
        [column] Every entry has a column “{ $name }” already; a field can’t have this name.
        [question] Two questions are called “{ $name }”; each needs a name of its own.
        [has_column] These rows have a column “{ $name }” already.
        [file] The id “{ $name }” isn’t the file’s name “{ $wanted }”.
        [twice] The id “{ $name }” is taken by { $first } already.
        [taken] There is a place “{ $name }” already.
        [described] “{ $name }” is described by the form { $first } already; a subject has one form.
        [level] “{ $name }” is a level of places; no form can describe it.
       *[other] The id “{ $name }” won’t do.
    }
    .remedy = Choose another id. The file has the same name, and no two definitions share one.
problem-E102 =
    { $reason ->
        [key] There is no key “{ $what }” here.
        [no_word] “{ $what }” isn’t a word of conditions.
        [kind] “{ $what }” isn’t a kind of definition.
        [word] “{ $what }” isn’t one of the words that may stand here.
        [table] There is no table “{ $what }” (form, duty, indicator, rule or sheet).
        [each] “{ $what }” is no subject, level of places or table.
        [role] There is no role “{ $what }”.
        [column] These rows have no column “{ $what }”.
        [no_column] These rows have no column “{ $what }”.
        [no_function] There is no function “{ $what }”.
        [not_a_choice] “{ $what }” isn’t one of the choices.
        [choice] “{ $what }” isn’t one of the choices.
        [field] The form has no field “{ $what }”.
        [field_type] There is no field type “{ $what }”.
        [subject] “{ $what }” isn’t anything that can be referred to.
        [described] No form describes “{ $what }”.
        [form] There is no form “{ $what }”.
        [spacing] “{ $what }” isn’t a spacing of time.
        [level] There is no level “{ $what }”.
        [place] There is no file of the place “{ $what }”.
        [calendar] There is no calendar “{ $what }”.
        [zone] “{ $what }” isn’t the name of a time zone.
        [holidays] No plugin knows the holidays of “{ $what }”.
        [permission] There is no permission “{ $what }”.
        [definition] There is no definition “{ $what }”.
        [item] No inventory has an item “{ $what }” of its own.
        [item_kind] There is no kind of item “{ $what }”.
        [grade] There is no grade “{ $what }”.
        [duty] There is no duty “{ $what }”.
        [membership] “{ $what }” isn’t half, any, all, at_start, at_end or a length.
        [state] There is no state “{ $what }”.
        [no_unit] “{ $what }” isn’t a unit of time that may stand here.
        [method] There is no method “{ $what }”.
        [check] There is no check “{ $what }”.
        [option] The method has no option “{ $what }”.
        [aggregate] There is no aggregate “{ $what }”.
        [counting] There is no way of counting “{ $what }”.
        [windows] There is no way “{ $what }” in which windows come about.
        [plugin] There is no plugin “{ $what }”.
        [setting] The plugin has no setting “{ $what }”.
        [template] There is no print template called “{ $what }”.
       *[other] “{ $what }” isn’t known.
    }
    .remedy = Check the spelling, or declare it first.
problem-E103 =
    { $reason ->
        [currencies] { $what }: two currencies can’t be mixed.
        [list_compared] { $what }: a column of several answers wants has, has_any or filled.
        [not_ordered] { $what }: this column has no order, so it can’t be compared like this.
        [different_types] { $what }: the two sides are of different types.
        [different_references] { $what }: the two sides refer to different things.
        [wrong_number_of_arguments] { $what }: wrong number of arguments.
        [too_big] { $what }: the number is too big.
        [too_long] { $what }: the text is too long.
        [not_an_integer] { $what } takes a whole number.
        [negative] { $what } can’t be below 0.
        [not_a_number] { $what } takes a number such as 3, 0.5, 1/2, 50%.
        [number_wanted] { $what } takes a number.
        [integer_wanted] { $what } takes a whole number.
        [money_wanted] { $what } takes an amount of money.
        [not_a_boolean] { $what } takes true or false.
        [boolean_wanted] { $what } takes a condition (true or false).
        [not_a_date] { $what } takes a day such as 2025-03-17.
        [date_wanted] { $what } takes a day.
        [not_a_time] { $what } takes a time of day such as 09:30.
        [not_an_instant] { $what } takes an instant such as 2025-03-17T09:30.
        [instant_wanted] { $what } takes an instant.
        [ends_before] { $what } has to be later than from: it would end before it begins.
        [not_a_length] { $what } takes a length such as 30 minutes or 5 working_days.
        [only_a_limit] { $what } can’t be working hours or minutes: only limits can.
        [pairs_of_times] { $what } takes two times of day for each stretch of work, in order and apart.
        [no_hours] { $what } counts working time, and the calendar says no hours.
        [not_a_period] { $what } takes a period such as 2025-Q3.
        [item] { $what } takes the number of a clause: this one is empty.
        [text] { $what } takes a text.
        [link] { $what } takes the address of a page, with http:// or https:// at the beginning.
        [text_wanted] { $what } takes a text.
        [mapping] { $what } takes a mapping of keys to values.
        [list] { $what } takes a list.
        [list_wanted] { $what } takes a list.
        [condition] { $what } takes a condition: columns with values, or an expression.
        [pair] { $what } takes two values.
        [pair_of_days] { $what } takes two days for each window, in order.
        [dated] { $what } takes values by date.
        [register] { $what }: only a form with describes has a register.
        [compared] { $what }: only texts, days, single choices, whole numbers and references can be compared.
        [text_field] { $what }: only texts can be nearly equal.
        [date_field] { $what } takes a field of type date or datetime.
        [in_rows] Rows can’t hold sections or rows of their own ({ $what }).
        [not_here] A field of this type can’t have { $what }.
        [one_total] The total “{ $what }” takes one word: count, sum, average, min, max or distinct.
        [not_added_up] “{ $what }” is no column that can be totalled like this.
        [bounds] { $what }: the upper bound can’t be below the lower one, nor below 1.
        [span_form] { $what } takes a form with a span.
        [another_post] A post can’t stand in for itself: name another one.
        [field_of_check] The check doesn’t look at a field such as { $what }.
        [moments_wanted] within of { $what } takes rows that have a moment.
        [within_of_aggregates] within is for what is counted or summed; { $what } takes back.
        [limit_of_matter] Nothing of this procedure’s matters starts the clock of { $what }.
        [spacing] { $what } takes one spacing of time.
        [events] { $what } takes events to start it: for_each must name a form or table.
        [every_or_within] { $what } takes one of every, within and series.
        [choice] { $what } takes a column of type choice.
        [one_aggregate] { $what } takes one aggregate only.
        [one_of_form_and_table] { $what } takes either form or table.
        [days] { $what } takes a length in days that doesn’t change by date.
        [id] { $what } takes an id: lower-case ASCII letters, digits and underscores.
        [shape] { $what } is written in another shape: see the language for whether it takes one value, a list or a mapping.
        [not_a_choice] { $what } takes one of the choices.
        [not_a_span] { $what } takes two instants, the earlier one first.
        [not_comparable] { $what }: a photo or the like can’t be compared; only filled can ask about it.
        [number_as_float] { $what }: write the decimal number as a text, "0.5", so that it stays exact.
        [object_wanted] { $what } takes a mapping, which a text can’t say.
        [no_offset] { $what } needs its offset, such as 2025-03-17T09:30+08:00.
        [zero_denominator] { $what }: nothing can be divided by zero.
        [constant_over_zero_wanted] { $what }: the second argument of round is a constant over zero.
        [unit_wanted] { $what }: a unit of time belongs here, such as days, months or years.
        [places] { $what }: how many is a share under 100% (20%) or a whole number from 1 on; nobody is left out of 100%.
        [part_of_period] { $what }: a part of a period is written H1, Q3, 03 or W07.
        [rolled_up] { $what }: only figures of another indicator can be rolled up, and they keep its measure.
        [pooled] { $what }: only shares, rates, averages, counts and sums can be pooled.
        [text_or_number_wanted] { $what }: hash takes texts, numbers, references and days.
        [one_step] { $what }: a step does one thing; write two steps.
        [moment_table] { $what } takes rows that have an instant: a column at, or start and end.
        [span_wanted] { $what } takes rows that have a start and an end.
        [spans_wanted] { $what } takes a period or spans of time.
        [time_wanted] { $what } takes a time of day.
        [length_wanted] { $what } takes a length of time.
        [period_wanted] { $what } takes a period.
        [choice_wanted] { $what } takes a column of type choice, or one of its choices.
        [choices_wanted] { $what } takes a column of type choices.
        [ref_wanted] { $what } takes a column that refers to something.
        [ref_wanted] { $what } takes a column that refers to somebody or something.
        [refs_wanted] { $what } takes a column that refers to several things.
        [data_wanted] { $what }: no expression gives a value of this type of field.
        [windows_or_starts] { $what } takes either windows or starts.
        [month] { $what } takes a month from 1 to 12.
        [suffix] { $what } takes capital letters, other ones than any other year of the calendar.
        [times_from] { $what }: from must lie before the first of times_of_day.
        [pause_parts] { $what }: a pause has from and until, or during.
        [countable] { $what } takes minutes, hours, working_minutes, working_hours, days, working_days or weeks.
        [column_or_by] { $what } takes either column or by.
        [series] { $what } takes offsets of one unit, none below zero.
        [quorum] { $what } takes either at_least or share; a share is one of the holders of role.
        [share] { $what } takes a share over zero, 100% at most.
        [among] { $what } takes duties with uses: once that aren’t rolling, this one among them: { $what } isn’t.
        [at_least_or_share] { $what } takes either at_least or share.
        [only_deadlines] { $what } is for duties that events start.
        [prorate] { $what } is for windows of which a part can be membership.
        [rolling] { $what } goes with one entry at a time: times, weights, together, of_which, prorate and uses: once don’t fit.
        [starts_link] { $what } needs to know which events belong together: a form about something, or link.
        [comparable] { $what } compares spacings with spacings, or limits with limits, in units that every calendar has.
       *[other] { $what }: a value of the wrong sort.
    }
    .remedy = Write it in the form that is asked for.
problem-E104 =
    { $reason ->
        [syntax] From here on it isn’t YAML.
        [tab] This line has a tab.
        [character] YAML doesn’t allow this character.
        [encoding] The file isn’t UTF-8.
        [size] The file is too large: at most { $limit } characters.
        [depth] Nested too deeply: at most { $limit } levels.
        [empty] The file is empty.
        [documents] One file holds several documents (---).
        [tag] The tag “{ $name }” isn’t allowed.
        [anchor] The anchor “&{ $name }” isn’t allowed.
        [alias] The alias “*{ $name }” isn’t allowed.
        [duplicate] “{ $name }” stands here twice, first in line { $first }.
        [key] A key must be a text.
        [unquoted] An expression inside braces isn’t quoted, so its comma cuts it.
       *[other] The file can’t be read.
    }
    .remedy =
    { $reason ->
            [tab] Use spaces instead.
            [encoding] Save it as UTF-8.
            [documents] Put each concept into a file of its own.
            [unquoted] Put the expression in quotes.
            [duplicate] Remove one of them.
            [empty] Write something, or delete the file.
            [tag] If it is a text, put it in quotes.
            [anchor] Write the content out; if it is a text, quote it.
            [alias] Write the content out; if it is a text, quote it.
           *[other] Check indentation, colons and quotes.
        }
problem-E105 =
    { $reason ->
        [empty] An expression is missing here.
        [too_long] The expression is too long: at most { $what } characters.
        [too_many_nodes] The expression is too large: at most { $what } parts.
        [too_deep] The expression nests too deeply: at most { $what } levels.
        [too_big] The number { $what } is too big.
        [unterminated] The quotation mark { $what } isn’t closed.
        [ternary] “{ $what }” can’t be used to choose.
        [list] An expression can’t hold a list.
        [map] An expression can’t hold braces.
        [method] “{ $what }” can’t be called like this.
        [full_width] “{ $what }” is a full-width sign.
        [incomplete] The expression isn’t complete.
        [no_value] A value is missing after “{ $what }”.
        [empty_list] The list is empty.
        [list_wanted] “{ $what }” takes a list.
        [condition_wanted] A condition belongs here.
        [value_wanted] “{ $what }” takes one value.
        [one_of_wanted] Several values want one_of.
        [boolean_wanted] “{ $what }” takes true or false.
        [unexpected] “{ $what }” can’t stand here in an expression.
       *[other] “{ $what }” doesn’t belong in this expression.
    }
    .remedy = See the language: columns, comparisons, &&, ||, ! and the closed list of functions.
problem-E106 = “{ $name }” is missing.
    .remedy = Add { $name }:.
problem-E107 = This version can’t carry out “{ $what }” yet.
    .remedy = Leave it out, or say it in another way.
problem-E108 = { $what } can’t be written.
    .remedy = Check the folder’s permissions and the free space.
problem-E110 = The definitions go in a circle: { $what }.
    .remedy = Let one of them no longer read the other’s result.
problem-E111 =
    { $reason ->
        [many] The rows of { $table } could belong to a { $wanted } by several columns: { $candidates }.
        [link] { $link } refers to a { $to }, and the rows of { $table } must be tied to a { $wanted } here.
       *[none] The rows of { $table } have no column that refers to a { $wanted }.
    }
    .remedy = Say which with link: and a column that refers to it; what is counted for another sort of subject is a table with tally.
problem-E112 =
    { $reason ->
        [aggregate] { $what } would have to choose among several rows.
       *[to_many] { $what } passes a column of several values.
    }
    .remedy = Count or sum them: in facts, in an indicator, or with an aggregate such as count, sum(x) or last(x).
problem-E113 =
    { $reason ->
        [undecided] { $what } doesn’t say what becomes of rows of which it isn’t known whether they count.
       *[empty] { $what } doesn’t say what no data means.
    }
    .remedy =
    { $reason ->
            [undecided] Add undecided: leave_out, count_in or hold.
           *[empty] Add empty: not_applicable or unknown.
        }
problem-E114 =
    { $reason ->
        [running] { $what } adds up over all time.
       *[back] { $what } looks back without end.
    }
    .remedy =
    { $reason ->
            [running] Say with since: year (or month, week, …) when it begins anew.
           *[back] Say how far: every restarts the count, back names how many earlier windows count.
        }
problem-E120 = The weights of { $what } add up to { $sum }, not 100%.
    .remedy = Change the weights of the parts.
problem-E121 = { $what }: its items add up to { $sum }, but its max is { $max }.
    .remedy = Change the items’ max, or the whole’s.
problem-E122 =
    { $reason ->
        [no_last] { $what }: the last row takes the rest, so it has no bound.
       *[order] { $what }: the bounds are out of order.
    }
    .remedy = Grades from high to low, bands from low to high, the last one without a bound.
problem-E123 = The choice “{ $what }” has no points.
    .remedy = Add it under gives; 0 will do.
problem-E125 =
    { $reason ->
        [equal] The rule “{ $what }” of the same group stands as high as this one.
        [duty] The duty “{ $what }” doesn’t run for each finding of this rule.
       *[unlike] The rule “{ $what }” of the same group judges other rows, or chooses in another way.
    }
    .remedy =
        { $reason ->
            [equal] Give each rule of the group an `order` (first) or a `level` (strictest) of its own.
            [duty] Write this rule as `for_each` of the duty.
           *[unlike] Give all rules of a group the same `for_each`, `every` and `hit`.
        }
problem-E126 = A wallet needs points row by row, for all time: “{ $what }” doesn’t give them so.
    .remedy = Keep the wallet’s sheet to lines over records (or over tables of records), with at_most and max; put the rest into a sheet of its own. Rows of duties, findings and windows count from a first day on: give it as in_force.from of the sheet.
problem-E127 = { $what }: this option doesn’t fit the others, or isn’t what the method takes.
    .remedy = See in docs/plugins.md (or the plugin’s own page) what the method takes.
problem-E131 =
    { $reason ->
        [no_path] There is no path “{ $what }”.
        [no_reason] The change of “{ $what }” has no reason.
        [closed] The level above doesn’t open “{ $what }”.
        [outside] The new value of “{ $what }” lies outside what the level above allows ({ $free }).
        [no_value] The change of “{ $what }” has no new value.
        [widened] The bounds of “{ $what }” can be narrowed, never widened.
        [no_gain] Nothing can be added at “{ $what }”: a form gains fields, choices and posts that fill it in.
        [there] “{ $what }” is there already.
        [no_file] adds names “{ $what }”, where no file is.
        [restated] “{ $what }” was decided by the place above and can’t be restated; change it within what is open by overlay.yaml.
        [lost] The form can’t lose “{ $what }”.
       *[other] “{ $what }” can’t be changed like this.
    }
    .remedy =
        { $reason ->
            [no_path] See whether the path is right; where a community lacks it, the change can’t be brought up.
            [lost] Keep it: its title may change, its id stays. Rules of the level above and figures elsewhere need it.
            [outside] Choose a value within it, or have the level above widen it first.
            [closed] The level above decides this one; have it opened there first.
           *[other] See open in the file above, and give the reason with why.
        }
problem-E132 =
    { $reason ->
        [overlap] “{ $what }” holds at the same time as the version before it.
        [about] “{ $what }” is about something else than the first version.
        [measure] “{ $what }” measures otherwise than the first version.
        [unit] “{ $what }” has another unit than the first version.
        [goes_on] “{ $what }” can’t go on from the versions before it.
        [order] The cases of “{ $what }” stand in another order than in the version before.
       *[timeless] The rows of “{ $what }” have no time, so no version can be chosen by date.
    }
    .remedy =
        { $reason ->
            [overlap] In in_force, write until in the earlier version and the same day as from in the later one.
            [order] Keep the order of the cases that both have; where the order itself changes, declare a definition of its own.
            [goes_on] goes_on is for a later version. A rule must judge the same rows, and the versions before it must count the same fact by the same columns; of a duty with rolling windows only every may differ.
            [about] Write the same for_each (or per) in all versions, or declare a definition of its own.
            [measure] Write the same measure in all versions, or declare an indicator of its own.
            [unit] Write the same unit in all versions, or declare a sheet of its own.
           *[timeless] Start from a table that has a column at or start.
        }
problem-E133 = “{ $what }” comes from the plugin “{ $plugin }”, which is off here.
    .remedy = Switch it on under Plugins in the studio; in files, with “{ $plugin }” under plugins in config/plugins.yaml, or in plugins.yaml in the place’s folder.
problem-E134 =
    { $reason ->
        [there] { $what }: “{ $name }” is another question of the same form.
        [twice] { $what }: another question goes on from “{ $name }” already.
        [taken] { $what }: “{ $name }” was the name of a question that has a new one since; earlier answers are that one’s.
        [retyped] { $what }: it was of the type { $name } in the version before, whose answers aren’t all answers of this one.
        [order] { $what }: its choices stand in another order than in the version before, and they are compared by it.
       *[shape] { $what }: it names another question than the first version, so the rows don’t make one table.
    }
    .remedy =
        { $reason ->
            [retyped] Give the new question a name of its own, without was; the earlier answers stay under the old name.
            [order] Keep the order of the choices that both have, or give the new question a name of its own.
            [shape] Name the same question in all versions; one with a new name goes on by was.
           *[other] Give the new question a name that no question had before.
        }
problem-E135 = “{ $what }” is for people to look at: no rule, indicator, sheet or appraisal may read it.
    .remedy = Name another table here; what is flagged is looked at by somebody on its page.
problem-E137 =
    { $reason ->
        [unclosed] The print template can’t be read: “{ $what }” isn’t closed by end{ $what }.
        [end] The print template can’t be read: it ends in the middle; look for a missing {"}}"}, {"%}"} or {"#}"}.
        [tag] The print template can’t be read: there is no tag “{ $what }”, or it doesn’t belong here.
        [filter] The print template can’t be read: there is no filter “{ $what }”.
        [test] The print template can’t be read: there is no test “{ $what }”.
        [twice] The print template can’t be read: the block “{ $what }” stands there twice.
        [sign] The print template can’t be read: “{ $what }” doesn’t belong here.
        [nested] The print template can’t be read: its parts are nested too deeply.
       *[other] The print template can’t be read: { $what }.
    }
    .remedy = Correct this line; docs/printing.md says how templates are written. Without this file the shipped template is used.
problem-W201 = { $what } is assumed: the text doesn’t give it.
    .remedy = Give your own figure, take out origin: assumed, or say in the place’s file under acknowledged why the assumed one holds here.
problem-W205 = { $what } changes on { $date }, inside a window.
    .remedy = The figure at the window’s start holds; better change it on a window’s first day.
problem-W210 = The condition reads “{ $what }”, which nobody must fill.
    .remedy = Make the field required, or say with known what a blank means.
problem-W218 =
    { $reason ->
        [absent] The plugin “{ $plugin }” is on, but no such package is installed here.
       *[other] The plugin “{ $plugin }” is on, but couldn’t be started: { $reason }
    }
    .remedy = What it would compute isn’t known until it runs; all else works. Install or mend the package and start again, or switch it off.
problem-W219 = Nobody here knows “{ $what }”. It may come from a plugin that isn’t there: { $plugin }.
    .remedy = It stays as it is, and its results aren’t known. Install or mend the plugin; if the word is mistyped, correct it.
problem-W220 = The figures were computed by version { $said } of “{ $plugin }”; installed is { $found }.
    .remedy = Look at what differs, then write the installed version here and publish it, so that the revision names it.
