error = Error: { $what }

help = Takeroot: personnel and policy for the people who serve at the grassroots
help-usage = Usage
help-commands = Commands
help-command = COMMAND
help-options = Options
help-arguments = Arguments
help-examples = Examples
help---lang = Language: zh or en
help---policies = A directory of the office's own policy documents, laid over the shipped ones
help---version = Print the version
help---help = Print this help

usage-unknown-argument = Unknown option or argument: { $arg }
usage-unknown-command = Unknown command: { $command }
usage-missing-argument = Required, but missing: { $arg }
usage-conflict = { $arg } cannot be used together with { $other }
usage-invalid-value = { $value } is not a value for { $arg }
usage-see-help = For more, try --help.

help-policy = Check, show, compare and describe policy documents
help-policy-check = Check the policy documents: errors, overlaps, gaps, what has no source, is to be checked or to be supplied; exit code 1 when there are errors
help-policy-check--on = The day whose rules must be complete; today by default
help-policy-check--json = Print JSON
help-policy-check-example = {"  "}takeroot policy check
    {"  "}takeroot policy check --policies ./our-county --json
help-policy-list = List the policy documents
help-policy-list--json = Print JSON
help-policy-list-example = {"  "}takeroot policy list
help-policy-show = Show a document, a rule, or all rules in force on a day
help-policy-show--what = Id of a document or a clause, or a slot (such as rank-step/principal-3 or rank-step); all rules when absent
help-policy-show--on = The day of the rules; today by default
help-policy-show--base = What lies beneath: law (the rules of the day) or the id of a baseline, such as as-in-2013
help-policy-show--proposal = Ids of proposals laid over it
help-policy-show--place = Division code, to lay local rules over it
help-policy-show--json = Print JSON
help-policy-show-example = {"  "}takeroot policy show cn-rank-2019
    {"  "}takeroot policy show rank-step/principal-3 --on 2020-01-01
    {"  "}takeroot policy show --on 2016-01-01 --place 990123
help-policy-diff = Compare two sets of rules: what is added, removed and changed
help-policy-diff--before = The first set, such as law@2016-01-01, as-in-2013 or law@2026-01-01/990123
help-policy-diff--after = The second set, such as law@2020-01-01+one-rise-one-fall
help-policy-diff--on = The day for a set that names none; today by default
help-policy-diff--json = Print JSON
help-policy-diff-example = {"  "}takeroot policy diff law@2016-01-01 law@2020-01-01
    {"  "}takeroot policy diff law law+one-rise-one-fall
help-policy-schema = Print the JSON Schema of a policy document
help-policy-schema--out = Write it to a file instead of the screen
help-policy-schema-example = {"  "}takeroot policy schema --out docs/policy.schema.json

cannot-read = Cannot read { $path }
cannot-write = Cannot write { $path }
clock-wrong = This computer's date { $day } cannot be right; set it, or give the day with --on
not-a-day = “{ $text }” is not a date; expected one such as 2026-07-01
policies-unread = The policy documents could not be read; faults: { $count }.
policies-none = There is no policy document (*.toml) in { $dir }

policy-column-kind = kind
policy-column-id = id
policy-column-from = from
policy-column-to = to
policy-column-clauses = clauses
policy-column-title = title
policy-column-wants = slot wanted
policy-column-from-whom = supplied by
policy-column-clause = clause
policy-column-supplied-by = at hand from (its own place only)
policy-check-counts = { $instruments } instruments, { $proposals } proposals, { $baselines } baselines, { $parameters } clauses
policy-check-invented = Besides, demonstration instruments with invented values: { $instruments }, with { $parameters } clauses
policy-check-uncited = Clauses that neither rest on the primary text nor name a source key: { $count }
policy-check-to-be-checked = Clauses to be checked: { $count }
policy-check-unknown = Clauses whose value is unknown or left to others: { $count }
policy-check-missing = To be supplied: { $count }
policy-check-sound = No errors found.
policy-check-errors = Errors found: { $count }.
policy-show-head = { $count } rules in force on { $on } (rules of { $law }; digest { $digest }…)
policy-open = Left to others and not yet supplied:
policy-nothing-named = There is no document or clause “{ $what }”, and no such rule on { $on }
policy-diff-head = { $before } ({ $before_on }) compared with { $after } ({ $after_on })
