office-forbidden = Your role does not allow this ({ $act }: { $what }).
office-not-found = Nothing was found, or it is outside your scope.
office-interrupted = The work was interrupted; please try again.
office-cancelled = The work was stopped; nothing was changed.
### views
view-too-long = These are too many conditions to save as a view.
view-name-bad = The name of a view is 1 to { $most } characters long.
