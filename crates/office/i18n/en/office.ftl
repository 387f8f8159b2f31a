office-forbidden = Your role does not allow this ({ $act }: { $what }).
office-not-found = Nothing was found, or it is outside your scope.
office-interrupted = The work was interrupted; please try again.

### forms
forms-wrong-format = { $form }: it cannot be had in this format
forms-no-next-rank = Nobody on the list has a next rank
forms-template-too-long = The template is too long
forms-lacking = { $name }: the font lacks “{ $characters }”; 〓 stands in the form, please write it in by hand
forms-photo = { $name }: the photo cannot be read and was left out
forms-continued = { $name }: the texts go on on a continuation page
forms-no-next-rank-of = { $name }: no next rank, so no form was made
forms-without-family = { $name }: family and health were left out, as you may not see them
forms-of-people = { $count } people
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
