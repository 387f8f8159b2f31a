# Standing
assume-competent = Years not yet graded are taken as competent
assume-no-new-fact = No new appointment, sanction or secondment is assumed, and the rules of the day asked for go on
assume-no-quota = Eligible does not mean promoted: quota, vacancy, recommendation or rating, public notice and approval come on top

months = { $months ->
    [one] 1 month
   *[other] { $months } months
}
years = { $years ->
    [one] 1 year
   *[other] { $years } years
}
years-months = { $years ->
    [one] 1 year
   *[other] { $years } years
} { $months ->
    [one] 1 month
   *[other] { $months } months
}
day-unknown = an unknown day
not-recorded = not recorded

met-yes = met
met-no = not met
met-unknown = cannot be told
outcome-eligible = eligible
outcome-not-eligible = not eligible
outcome-unknown = cannot be told: a fact is missing

need-origin = Rank or post to start from
need-years = Time in rank or post
need-level = Level
need-ceiling = Highest rank set in the organ
need-education = Education
need-work-years = Years of work
need-grassroots-years = Years of grassroots work
need-posts-below = Posts held in the layer below
need-service-years = Years as a civil servant
need-grades = Yearly grade
need-term-served = Minimum service
need-no-sanction = Sanction
need-no-admonition = Admonition
need-no-organisational = Organisational handling
need-no-investigation = Investigation
need-no-probation = Probation
need-no-basic-year = Last year basically competent
need-no-incompetent-year = Last year not competent
need-allowed = Limit on secondment

fact-time = { $had } as { $holder } counted from { $since }; the rule asks { $rule }
fact-time-shortened = excellent years shorten it by { $time }
fact-time-lengthened = grades lengthen it by { $time }
fact-time-rooted = rooted service shortens it by { $time }
fact-time-not-counted = { $time } in years that do not count
fact-time-after-all = so { $needed } needed, { $counted } counted
fact-not-from = none of the ranks or posts it starts from is held ({ $from })
fact-level = level { $have }; level { $wanted } must be reached
fact-level-unknown = the level is not recorded; level { $wanted } must be reached
fact-ceiling = a { $organ } sets ranks up to { $top }
fact-education = highest education { $have }; at least { $wanted } is asked
fact-months = { $have } of { $wanted }
fact-count = { $have } of { $wanted } posts held
fact-no-bar = none ({ $ground })
fact-bar = { $what } from { $from }, free on { $free }
fact-bar-open = { $what } from { $from }; nothing says until when
fact-worst-grade = lowest: { $grade } in { $year }
fact-no-grade = no yearly grade is recorded
fact-term = { $years } years to be served in { $place }, until { $until }
fact-term-paused = { $years } years to be served in { $place }; does not run at present, as the work is done elsewhere
fact-term-served = { $years } years in { $place }: served
fact-secondment = from organs of this tier: { $rule }
fact-no-rule = no rule on this day
fact-no-rule-layer = no rule on this day for promotion to { $layer }

nearer-excellent = each excellent year brings it { $months } nearer
nearer-rooted = every { $years } years of rooted service bring it { $months } nearer
nearer-education = obtaining at least { $wanted }
nearer-first = first becoming one of: { $from }
nearer-release = may be released before with approval: { $clause }

reason = { $need }: { $met }. { $fact }
reason-earliest = earliest { $day }
cite = {" "}[{ $title }, { $source }, { $id }, { $mark }]
mark-to-be-checked = { $confidence }, to be checked
mark-confidence = { $confidence }
mark-invented = invented value

pay-post = Post pay ({ $holder })
pay-rank = Rank pay ({ $holder })
pay-base = Post or rank pay
pay-level = Level pay
pay-bonus = Year-end bonus (a year)
pay-not-due = not due
pay-unknown = unknown: { $why }
missing-slot = the table "{ $slot }" is missing; to be typed in locally
missing-row = the table has no such row
missing-grading = level, step or rank is not recorded
missing-area-band = the organ's area band is not recorded
missing-hardship-class = the hardship class of the organ's county is not known
missing-other-line = depends on a line that is not known
hello = Takeroot

## The comma of a list
list-comma = ,{" "}

## Faults of a policy document
fault-at = { $file }:{ $line }:{ $column }: { $what }
fault-in = { $file }: { $what }
fault-not-text = the file is not text in UTF-8; save it as UTF-8 and try again
fault-head-none = no head: expected one of [instrument], [proposal] and [baseline]
fault-head-many = several heads: expected only one of [instrument], [proposal] and [baseline]
fault-document-twice = the document id “{ $id }” is also that of { $other }; each document needs an id of its own
fault-clause-twice = the clause id “{ $id }” is also found in { $file }; within a layer each clause needs an id of its own
fault-ends-before-start = “{ $id }” ends on { $to }, which is not after its first day { $from }
since-day = from { $day }
since-ever = from any day
fault-overlap = the clauses “{ $id }” and “{ $other }” ({ $file }) both rule “{ $slot }” { $since }; write replaces = ["{ $other }"] in the later one, or end the earlier one with `to`
fault-gap = nothing rules “{ $slot }” from { $from } until { $to }: the clause “{ $other }” has ended and “{ $id }” is not yet in force; check the dates, or declare with rule.local who supplies it
fault-empty = { $field } of “{ $id }” is empty; it must be filled in
fault-not-digits = in `applies` of “{ $id }”, “{ $code }” is not a division code or its first digits; expected digits only
fault-no-bound = the clause “{ $id }” has no figure; expected at-least, at-most or exactly
fault-table = the clause “{ $id }”: { $why }
fault-replaces-unknown = the clause “{ $id }” replaces “{ $other }”, which does not exist
fault-replaces-other-layer = the clause “{ $id }” replaces “{ $other }” ({ $file }), which is of another layer; a local rule or a proposal goes before the layer beneath by its slot, without `replaces`
fault-replaces-itself = the clause “{ $id }” replaces itself and would never be in force; `replaces` names the earlier clause

table-level-missing = the level pay table has no level { $level }; expected levels 1 to 27
table-steps = level { $level } has { $steps } steps; expected 1 to { $most }
table-row-twice = the row “{ $row }” stands twice
table-range-turned = the range is turned round: the number of `lowest` must not be smaller than that of `highest`
table-bounds-turned = the lower bound { $low } is above the upper bound { $high }
table-two-bounds = `exactly` cannot stand beside `at-least` or `at-most`
table-no-rows = { $field } is empty; expected at least one entry
table-bands-unordered = the bands must rise by `from-years`, each one higher than the one before
table-more-than-whole = a share of { $share } per mille is more than the whole (1000)
table-zero = { $field } is 0; it must be more than 0
table-wrong-ladder = the rank “{ $name }” ({ $rank }) is not of the ladder “{ $ladder }”
table-age-falls = the age ends at { $to } months, below the { $from } months it starts from
table-no-start = the age moves, so `starts` is needed: the first day of the first month that moves

stack-no-proposal = there is no proposal “{ $id }”; there are: { $known }
stack-no-proposal-at-all = there is no proposal “{ $id }”; there are none
stack-no-baseline = there is no baseline “{ $id }”; there are: { $known }

## Faults of the grammar
grammar-other = not of the grammar ({ $what })
grammar-unknown-field = unknown field “{ $name }”; expected one of: { $expected }
grammar-no-field = unknown field “{ $name }”; no field may stand here
grammar-unknown-word = unknown value “{ $name }”; expected one of: { $expected }
grammar-nearest = { $near } … ({ $count } in all, see docs/policy.schema.json)
grammar-missing-field = the field “{ $name }” is missing
grammar-field-twice = the field “{ $name }” stands twice
grammar-value = found { $found }, expected { $expected }
grammar-day-range = the date { $text } is not between 1900 and 2199
grammar-day-plain = “{ $text }” is not a plain date such as 2019-06-01
grammar-overflow = the number is too large
grammar-one-kind-many = a clause has exactly one kind of rule, and several stand here; make them several clauses
grammar-one-kind-none = expected exactly one kind, such as rule.limit = {"{"} … {"}"} or {"{"} rank = "staff-1" {"}"}
found-string = the text “{ $text }”
found-integer = the integer { $text }
found-float = the decimal number { $text }
found-boolean = { $text }
found-map = a table
found-sequence = a list
wanted-integer = an integer from 0 to { $most }
wanted-boolean = true or false
wanted-string = text in quotation marks
wanted-sequence = a list, written [ … ]
wanted-map = a table, written {"{"} field = value {"}"}
wanted-date = a date, written 2019-06-01 (without quotation marks)
wanted-level = a level from 1 to 27
wanted-step = a step from 1 to 15
wanted-source = an article (such as art. 34, art. ~18, art. 10-14, art. 18(7) or annex); anything else is written {"{"} zh = "…", en = "…" {"}"}
wanted-text = text in both languages, written {"{"} zh = "…", en = "…" {"}"}
toml-expected = { $what }; expected { $expected }
toml-duplicate-key = the same field is written twice
toml-quote = text must stand in quotation marks, written "…"
toml-no-value = the field has no “= value”
toml-missing-value = there is no value after the equals sign
toml-no-equals = an equals sign is missing between field and value
toml-extra-equals = one equals sign too many
toml-unclosed = a bracket is not closed: “{ $with }” is missing
toml-comma = a comma is missing between two entries
toml-extra-comma = one comma too many
toml-missing-open = an opening bracket is missing
toml-key = not a field name: only letters, digits, hyphen and underscore may be used
toml-string = the quotation marks of a text do not match, or it has a character that may not stand there
toml-escape = what follows the backslash is not an escape
toml-leading-zero = a number may not begin with 0
toml-sign = the sign before the number may not stand there
toml-value = not a value
toml-unexpected = there is something here that does not belong
toml-control = a control character may not stand here
toml-date = not a date, or one that does not exist; expected a date such as 2019-06-01
toml-deep = nested too deeply

## Names of the fields of rules
field-about = about
field-act = act
field-acts = acts
field-after-years = full years of work before the first
field-age-months = age before the change (months)
field-area-band = area band at least
field-at-least = at least
field-at-most = at most
field-bands = bands
field-bars = bars meanwhile
field-by = approved by at least
field-channels = channels
field-code = code
field-condition = condition
field-conversion-keeps-time = time before the conversion counts
field-counts = counts
field-days = days
field-degree = degree
field-education = education
field-end-age-months = age at the end of the change (months)
field-every-years = every so many years
field-exactly = exactly
field-figure = figure
field-first = first step (yuan a month)
field-floor = floor
field-from = from
field-from-layer = from the layer
field-from-post = time in the layer
field-from-ranks = time at the ranks
field-from-years = from so many years of work
field-grade = grade
field-grades = grades
field-ground = ground
field-group = group
field-hardship-class = hardship class
field-highest = highest level
field-holder = holder
field-in-range = when the level is already in the range
field-includes-probation = probation counts
field-increment = between two steps (yuan a month)
field-id = id
field-item = item
field-items = items
field-ladder = ladder
field-layer = layer
field-leading = leadership posts
field-lengthens-months = lengthens by (months)
field-level = level
field-lowest = lowest level
field-max = oldest (years of age)
field-max-fresh-postgraduate = oldest, fresh master or doctor (years of age)
field-max-months = at most (months)
field-members = members
field-min = youngest (years of age)
field-months = months
field-name = name
field-needs = experience
field-non-leading = non-leading posts
field-none = falls away altogether
field-of = of
field-one-month-per = one month more for every so many months
field-organs = organs
field-others = others
field-per-mille = share (per mille)
field-per-years = for every so many years
field-personal-days = days of personal leave at least
field-pools = pools preferred
field-post = layer
field-posts = posts
field-probation-counts = probation counts
field-rank = rank
field-release = may be released before
field-restarts-step-clock = the clock of the steps starts again
field-rooted-years = years of rooted service at least
field-rows = rows
field-rule = what is allowed
field-sanction = sanction
field-served-in = served in
field-share-percent = share (per cent)
field-shortens-months = shortens by (months)
field-sick = sick leave
field-starts = takes effect
field-step = step
field-steps = steps
field-tier = tier
field-to = to
field-township-head = having led a township is preferred
field-township-only = only while working in a township
field-unit = unit
field-wants = slot wanted
field-work = earlier work
field-way = way
field-year-belongs = the grade of a year with two ranks belongs to
field-years = years
field-yuan = yuan a month
field-local-from = supplied by
field-rank-step-from = time in one of
field-conversion-from = the old rank
field-conversion-to = becomes
field-secondment-from = seconded from the tier
field-level-pay-steps = steps
field-promotion-bar-months = lasts (months)
field-sanction-effect-months = lasts (months)
field-probation-months = months
field-year-end-bonus-months = months of basic pay
field-rooted-credit-months = less (months)
field-annual-leave-lost-months = months at least
field-leadership-experience-at-least = at least (years or posts)
field-pay-year-counts = counts
field-retirement-group = group
field-quota-group = ranks
field-quota-of = of the places of
field-holiday-of = holidays
field-list-of = what is listed
field-entry-waiver-of = conditions
field-limit-of = what it is about

plain-field = { $label }: { $value }
plain-table = { $label }:
plain-semicolon = ;{" "}
plain-comma = ,{" "}
plain-none = none
plain-yes = yes
plain-no = no
plain-at-least = at least { $bound }
plain-at-most = at most { $bound }
plain-range = { $low } to { $high }

asked-day = “{ $text }” is not a date; expected one such as 2026-07-01
asked-place = “{ $text }” is not a division code or its first digits; expected digits only
asked-form = “{ $text }” does not name a set of rules; expected for example law@2026-07-01, law@2026-07-01/990123, as-in-2013 or law@2026-07-01+PROPOSAL

## Showing
confidence-a = A (primary text read)
confidence-b = B (secondary source)
confidence-c = C (to be checked)
confidence-d = D (not found, to be checked)
scope-national = national law or regulation
scope-central = central rule
scope-local = local rule
scope-practice = practice
kind-instrument = instrument
kind-proposal = proposal
kind-baseline = baseline
show-rule = Rule: { $kind } ({ $slot })
show-source = Source: { $source }; confidence { $confidence }
show-source-keys = Source: { $source } ({ $keys }); confidence { $confidence }
show-from-to = In force: from { $from }{ $mark }, no longer from { $to }
show-from = In force: from { $from }{ $mark }
show-to = In force: until { $to }
show-any-day = In force: any day
show-unchecked = {" "}(date to be checked)
show-note = Note: { $note }
show-invented = The values are invented, for demonstration only
show-number = Number: { $number }
show-scope = Scope: { $scope }
show-scope-places = Scope: { $scope } (divisions { $places })
show-read = Read: { $read }
show-asked-by = Asked by: { $who }
show-caution = Caution: { $caution }
show-law-of = The rules of { $day }

## Comparing
diff-summary = { $added } added, { $removed } removed, { $changed } changed, { $reissued } the same in another clause, { $same } unchanged
diff-added = Added:
diff-removed = Removed:
diff-changed = Changed:
diff-reissued = The same in another clause:
diff-slot = { $kind } ({ $slot })
diff-before = Before: { $clause }
diff-after = After: { $clause }
diff-cite = { $id } [{ $document }] { $source }; confidence { $confidence }
diff-field = { $path }: { $before } → { $after }
field-no-more = no more may be asked
