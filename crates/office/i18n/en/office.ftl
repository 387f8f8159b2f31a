office-forbidden = Your role does not allow this ({ $act }: { $what }).
office-not-found = Nothing was found, or it is outside your scope.
office-interrupted = The work was interrupted; please try again.
office-cancelled = The work was stopped; nothing was changed.
### doubt
doubt-no-birth = Day of birth not entered
doubt-no-sex = Sex not entered
doubt-other-birth = Day of birth differs from the identity number
doubt-other-sex = Sex differs from the identity number
doubt-no-rank = In service without a post or rank
doubt-no-education = Education not entered
doubt-no-entry = Day of entering the service not entered
doubt-no-organ = Organ is not in the list of organs
doubt-work-before-birth = Work began before birth
doubt-no-grade = Last year's grade not entered
### views
view-too-long = These are too many conditions to save as a view.
view-name-bad = The name of a view is 1 to { $most } characters long.
