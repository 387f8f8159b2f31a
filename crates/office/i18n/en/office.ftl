office-forbidden = Your role does not allow this ({ $act }: { $what }).
office-not-found = Nothing was found, or it is outside your scope.
office-interrupted = The work was interrupted; please try again.
office-cancelled = The work was stopped; nothing was changed.
### views
view-too-long = These are too many conditions to save as a view.
view-name-bad = The name of a view is 1 to { $most } characters long.
### event
event-must = This must be filled in.
event-number = Enter a whole number within the range.
event-organ = There is no such organ in the roster.
event-choice = Choose from the list.
event-day = A day is written year-month-day, such as 2026-07-01.
event-before-birth = This is before the day of birth.
event-ends-before = The end is before the start.
