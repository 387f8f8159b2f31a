fault-at = { $file }:{ $line }:{ $column }: { $what }
fault-in = { $file }: { $what }
map-not-text = the file is not text in UTF-8; save it as UTF-8 and try again
map-grammar = the file cannot be read as TOML: { $said }
map-unknown-field = unknown field “{ $field }”; expected one of: { $expected }
map-unknown-value = found “{ $value }”; expected one of: { $expected }
map-missing-field = the field “{ $field }” is missing
map-wrong-type = found { $found }; expected { $expected }
map-whole-number = a whole number
map-any-number = a number
map-text = text in quotation marks
map-no-column = there is no column “{ $column }” in { $file }; it has: { $has }
map-no-join = no joined file is called “{ $name }”; give it a [[join]] with that name
map-not-a-day = “{ $text }” is not a date; expected YYYY, YYYY-MM or YYYY-MM-DD
map-no-end = nothing says when spells end; expected `end` or `length` under [spells]
map-no-cause = “{ $found }” is not a cause; expected one of: { $has }
map-value-twice = the value “{ $value }” stands for two things; each value may stand in one list only
map-no-term = “{ $term }” is not a term by category; expected the name of a [[term]] with as = "category"
map-term-source = the term “{ $term }”: expected either `column` or `of`, and as = "category" only with `column`
map-unordered = the term “{ $term }”: expected at least one band, or three knots, each greater than the one before
map-needs-birth = the term “{ $term }” needs births; expected `birth` under [spells]
map-needs-retirement = the term “{ $term }” needs a [retirement] with at least one [[retirement.age]], and `birth` under [spells]
map-no-base = the term “{ $term }” has no “{ $base }” that could be its base
map-term-twice = two terms are called “{ $term }”; each needs a name of its own
map-no-coefficient = there is no coefficient “{ $found }”; there are: { $has }
map-range = the range of “{ $name }” is not in order; expected low ≤ value ≤ high, and low < high
map-no-flaw = “{ $found }” is not a flaw that can be tolerated; expected one of: { $has }
map-number = { $field }: expected { $expected }

row-fault = { $file }, line { $line }, column “{ $column }”: found “{ $found }”; { $what }
flaw-id-missing = the number of the person is missing; expected one on each row
flaw-id-twice = the number of the person stands on an earlier row; expected each once
flaw-start-unknown = the start is not known; expected a date
flaw-start-unreadable = the start cannot be read; expected a date in the order that the mapping file names
flaw-end-unknown = it has ended, and nothing says when; expected a date
flaw-end-unreadable = the end cannot be read; expected a date in the order that the mapping file names
flaw-ends-before-start = it ends before it starts; expected an end not before the start
flaw-exit-unlisted = the mapping file does not say what this value means; expected one of those listed under [exit]
flaw-length-unreadable = the length cannot be read; expected a number from 0 on
flaw-weight-unreadable = the weight cannot be read; expected a number above 0
flaw-number-unreadable = expected a number
flaw-number-blank = blank; expected a number (or give the term a value for `blank`)
flaw-birth-unknown = the birth is not known; a term depends on it
flaw-birth-unreadable = expected a date of birth before the start
flaw-since-unreadable = the day from which it was watched cannot be read; expected a date or a number
aside-condition = do not meet the conditions of [[only]]
aside-exit = have a value that the mapping file leaves out
aside-ended-before = had ended before the spells were watched
aside-starts-after = start after the file was drawn up
aside-repeated = belong to a person for whom another row stands

no-fit-one-sided = { $events } events among { $trials } person-periods; nothing can be estimated
no-fit-separated = the data tell events from others without exception by { $names }; there is no finite estimate. Take groups together, or let the coefficients lean on a prior (pooling = "weak")
no-fit-unsettled = the estimate did not settle within { $rounds } rounds
no-fit-shape = the columns and rows do not match
no-backtest-dateless = a backtest needs dates: the spells have lengths, but no `start`
no-backtest-by-service = a backtest needs rows = "calendar" under [fit]
no-backtest-no-period = there is no whole period from after { $from } to { $to }; expected `--through` at least one period after `--until`
no-backtest-beyond = the file was drawn up on { $day }; expected `--through` not after it
no-backtest-nobody = nobody is at risk; check the two days and the mapping file
no-backtest-no-cause = no cause could be fitted; see `takeroot lab fit`
no-table-damaged = the file is damaged and cannot be unpacked: { $why }
no-table-too-large = the unpacked file is larger than { $most } MB
no-table-empty = the file has no rows
no-table-head-twice = the heading “{ $name }” stands twice; expected each once
no-table-not-rows = line { $line } cannot be read as cells: { $why }
