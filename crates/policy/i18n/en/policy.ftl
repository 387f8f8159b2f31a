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
