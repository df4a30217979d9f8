# What the checks of a whole regulation find; docs/errors.md has an example of each
problem-E115 = The class depends on { $what }: when it changes can’t be reckoned beforehand.
    .remedy = In a class, compare age(…) or elapsed(…) with a constant.
problem-E124 = { $what }: the amount of money may have no last decimal, and nothing rounds it.
    .remedy = Give the item or the sheet round, such as round: 0.01.
problem-E130 = { $what } and { $other } both apply to one row ({ $example }), and only one of their group may.
    .remedy = Draw the line between them: at_least beside under; or choose hit: first.
problem-W202 =
    { $reason ->
        [class] { $what } is never reached: the classes before it take everything.
        [tier] { $what } is never reached: the tiers before it take everything.
        [shadowed] { $what } adds nothing: whenever it applies, { $by } gives the same finding.
        [first] { $what } never counts: whenever it applies, { $by } comes first.
        [state] No step leads to the state { $what }.
        [asked] The question { $what } is never asked: its condition contradicts itself.
        [answer] No answer to { $what } is allowed: its conditions contradict each other.
       *[never] { $what } never applies: its conditions contradict each other.
    }
    .remedy =
    { $reason ->
        [class] Put the special ones first, or leave it out.
        [tier] Put the special ones first, or leave it out.
       *[other] Change the condition, or leave it out.
    }
problem-W203 =
    { $reason ->
        [money] { $what }: the better somebody did, the less money it gives.
       *[order] { $what }: the amounts go up and down ({ $values }), so the worse can earn more.
    }
    .remedy = Check the order of the rows and their amounts.
problem-W204 = { $what }: the tiers fall due in unlike windows, so whoever changes tier in between may be due in neither.
    .remedy = Write due_if: any, or acknowledge it with the reason.
problem-W206 = { $what } asks for a number of entries of “{ $form }”, which their authors alone vouch for: that invites inventions.
    .remedy = Ask for a photo or name whom it concerns, let another post record it, or reward quality instead of number.
problem-W207 = { $what }: an entry of “{ $form }” can meet both { $one } and { $other }, and counts twice in this sheet.
    .remedy = Tell them apart with where, or say that it is meant.
problem-W208 =
    { $reason ->
        [unfired] { $what } wasn’t used in { $period }: nobody owed it, or it never applied.
       *[nobody] { $what } reads “{ $form }”, which nobody here can fill in.
    }
    .remedy =
    { $reason ->
        [unfired] See whether its condition is the one that is meant, and whether what it needs is recorded at all.
       *[other] Let a post that exists here fill it in, or leave this out.
    }
problem-W209 = { $what } has too many combinations to be checked.
    .remedy = Split the condition; nothing was found wrong with it, nor found right.
problem-W211 = { $what } could be { $nudged } instead of { $value }, and no case would notice.
    .remedy = Add a case whose outcome depends on this figure.
problem-W212 =
    { $reason ->
        [overlap] { $what } and { $other } both apply at { $value }.
        [value] { $value } lies neither in { $other } nor in { $what }.
        [decimals] Decimals between { $value } lie neither in { $other } nor in { $what }.
       *[gap] { $value } lies neither in { $other } nor in { $what }.
    }
    .remedy = Let each range begin where the last one ends: at_least beside under.
problem-W213 = { $what } is worth { $max } points, but its lines add up to { $sum }.
    .remedy = Correct the figures; if the text says so itself, acknowledge it with the reason.
problem-W214 =
    { $reason ->
        [no_level] { $what }: no place here has the post “{ $name }”, so nobody owes or receives it.
        [no_headcount] { $what }: nobody may hold the post “{ $name }”.
       *[no_place] { $what }: there is no place of the level “{ $name }” here.
    }
    .remedy = Name a post that exists here, or leave this out with uses.
problem-W215 = { $what } doesn’t hold: { $condition } ({ $values }).
    .remedy = Check the figures; if the text itself says so, acknowledge it with the reason.
problem-W216 = There is no { $what } left to acknowledge here.
    .remedy = Remove the acknowledgement.
problem-W217 = “{ $what }” holds from { $from } on, and the version before it until { $until }: between them there is none.
    .remedy = Let the earlier version’s until be the later one’s from; where the gap is meant, acknowledge it with a reason.
problem-W221 = “{ $what }” is read here, and not all entries are asked it{ $days ->
        [none] {""}
       *[other] { " " }(this changes on { $days })
    }: what is read of the others is unknown.
    .remedy = Say with known or or_else what holds then, or let a version of this definition begin on that day.
problem-W222 = { $reason ->
        [gone] “{ $what }”, over which something was laid here, isn’t there any more.
        [ground] “{ $what }” was added here, and what it stands on above has changed since.
        [definition] “{ $what }” has changed above since something was laid over it here.
       *[figure] “{ $what }” was { $was } when this change was laid over it, and is { $now } now.
    }
    .remedy = Look whether the change is still right, and say so under Layers (or with ./gridbook layers --record).
problem-W223 = { $reason ->
    [unit] “{ $what }” is worked out by { $wanted }, but “period” in the form “{ $form }” takes only { $offered }: nobody can say which of them is meant.
    [sheet] The score can be appealed, but “{ $what }” has no corrected_by: what is upheld would give nothing back.
   *[part] The score can be appealed, but “{ $what }” is no sheet and the appraisal has no corrected_by: this part can’t be contested.
    }
    .remedy = { $reason ->
    [unit] Take out the question’s unit, so that any period can be given, or let the two agree.
   *[other] Say under corrected_by which records, such as decisions on appeals, correct it afterwards; if it is meant so, say why under acknowledged.
    }
problem-W224 = Clauses are of “{ $what }”, and nothing says what that document is called: people see the id alone.
    .remedy = Give it a title under documents; or write the title itself at doc.
problem-W225 = { $reason ->
    [form] The step “{ $what }” is for { $posts }, but none of them may fill in its form “{ $form }”: nobody can take it.
   *[appraise] “{ $what }” is for { $posts }, but none of them may appraise, so none can open the year’s board: nobody can take it.
    }
    .remedy = { $reason ->
    [form] Add one of the posts to the form’s filled_by, or change the step’s by.
   *[appraise] Add appraise to what one of the posts may do, or name a post that has it.
    }
problem-W226 =
    { $reason ->
        [clause] { $what }: the clause that it quotes says “{ $said }”, but something here is asked for { $every ->
            [day] each day
            [week] each week
            [month] each month
            [quarter] each quarter
            [half_year] each half-year
           *[year] each year
        }.
       *[title] { $what }: the title “{ $title }” says “{ $said }”, but the rhythm is { $every ->
            [day] each day
            [week] each week
            [month] each month
            [quarter] each quarter
            [half_year] each half-year
           *[year] each year
        }.
    }
    .remedy =
    { $reason ->
        [clause] Quote the resolution that says so, or acknowledge it with the reason.
       *[title] Change the title, in each language.
    }
problem-W227 = The template takes something from “{ $what }”, which printing doesn’t fetch: it will be missing there.
    .remedy = Put the picture, style or font into the template itself, as data:.
