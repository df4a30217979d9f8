# Why a case's tables hold what they hold, step by step
trace-definition = Why: { $id }
trace-clause = Why: { $id } ({ $doc }, { $ref })
trace-row = { $table } has { $values }
trace-no-rows = { $table } has no such row
trace-more = … and { $count } more
trace-line = line { $line }: { $points } points
trace-no-lines = no line gave or took points
trace-part = part { $part }: { $count ->
        [one] { $count } row
       *[other] { $count } rows
    }
trace-figure = { $path } is { $value }
trace-figure-since = { $path } is { $value } since { $since }
trace-entry = counted: entry { $id } of { $form }, { $at }
trace-counted = counted: { $what }
trace-none-counted = nothing counted
trace-looked-for = nothing counted; looked for { $what }
trace-applies = { $rule } applies to { $row }
trace-refused = { $rule } doesn't apply to { $row }
trace-never-asked = { $table }: there was no row to which it could apply
trace-condition = { $condition }: { $truth }
trace-condition-value = { $condition }: { $truth } (the value is { $value })
trace-is-true = yes
trace-is-false = no
trace-is-unknown = unknown
trace-is-na = not applicable
