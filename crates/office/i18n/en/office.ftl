office-forbidden = Your role does not allow this ({ $act }: { $what }).
office-not-found = Nothing was found, or it is outside your scope.
office-interrupted = The work was interrupted; please try again.
### accounts
password-short = At least { $n } characters. A sentence will do; capitals, digits and signs are not asked for.
password-long = At most { $n } characters.
password-name = The password must not be the account's name or one character repeated.
password-common = This password is among the commonest and easily guessed. Please choose another.
note-empty = Write something first
password-same = The new password must differ from the present one
account-wrong = Account and password do not go together.
account-code = The code is wrong or was used already. Please wait for the next one.
account-wait-seconds = Too many tries. Please try again in { $n } seconds.
account-wait-minutes = Too many tries. Please try again in { $n } minutes.
account-already = The code is set up already.
account-taken = This account name is taken.
account-name = An account name has 2 to 40 letters, digits or Chinese characters, and may hold - _ . @.
account-nobody = Nobody has this personnel number.
account-organ = There is no such organ.
account-days = The end must come after the beginning.
account-own = This cannot be done to your own account.

### forms
forms-wrong-format = { $form }: it cannot be had in this format
forms-no-next-rank = Nobody on the list has a next rank
forms-template-too-long = The template is too long
forms-lacking = { $name }: the font lacks “{ $characters }”; 〓 stands in the form, please write it in by hand
forms-photo = { $name }: the photo cannot be read and was left out
forms-continued = { $name }: the texts go on on a continuation page
forms-no-next-rank-of = { $name }: no next rank, so no form was made
forms-without-family = { $name }: family and health were left out, as you may not see them
forms-made-pages = { $pages } pages · { $size } KB
forms-made = { $size } KB
forms-of-people = { $count } people
office-cancelled = The work was stopped; nothing was changed.
### import
import-too-large = The file is too large: at most 64 MB
import-bad-archive = The archive “{ $file }” cannot be opened
import-no-forms = The archive “{ $file }” holds no .lrmx files
import-more-facts = and { $n } more facts
import-unknown-organ = “{ $name }” is not among the organs of this system
import-unknown-organ-like = “{ $name }” is not among the organs of this system. Did you mean: { $like }
import-outside = { $name } is outside your scope
import-twice = { $name } stands in the file twice
import-identity-differs = The identity number is another than the one kept; use “correct the identity number” in the personal file
import-relatives = { $n } people
import-back-suffix = errors
import-stale = The roster has changed since the preview; make the preview again
import-not-a-preview = This file has no preview that could be applied
import-has-errors = { $n } rows still have errors or wait for a choice; mend them, or tick “leave out rows with errors”
import-field-name = Name
import-field-ethnic = Ethnic group
import-field-native-place = Ancestral home
import-field-birthplace = Place of birth
import-field-politics = Political status
import-field-health = Health
import-field-pro-title = Professional title
import-field-speciality = Specialities
import-field-birth = Birth
import-field-party-joined = Joined the Party
import-field-work-start = Start of work
import-field-sex = Sex
import-field-resident-id = Identity number
import-field-family = Family members
import-fact-recruited = Recruitment
import-fact-registered = Registration
import-fact-educated = Education
import-fact-appointed = Appointment
import-fact-relieved = Relief of a post
import-fact-ranked = Rank
import-fact-graded = Level and step
import-fact-assessed = Yearly assessment
import-fact-posted = Transfer
import-fact-seconded-out = Work elsewhere
import-fact-seconded-back = Return
import-fact-sanctioned = Sanction
import-fact-investigated = Investigation
import-fact-rewarded = Reward
import-fact-trained = Training
import-fact-on-leave = Leave
import-fact-worked = Other work
import-fact-left = Departure
import-fact-voided = Voided
undo-already = This act was undone already
undo-built-on = It cannot be undone: { $n } later acts stand on it, about { $who }
merge-unreadable = The two records cannot be merged
identity-length = An identity number has 18 characters, this one { $n }
identity-not-digit = Character { $n } is not a digit
identity-birth = Digits 7 to 14 are not a date
identity-check = The check character is wrong; it should be { $right }
identity-taken = Another person has this number; if they are the same, merge the two records
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
doubt-before-birth = A fact before birth
doubt-rank-before-entry = A rank before recruitment or registration
doubt-two-organs = In two organs on the same day
doubt-after-leaving = A post, rank or level after leaving
doubt-years-missing = Years in between without a yearly grade
doubt-alike = Another person has the same name and birth: perhaps entered twice
### event
event-must = This must be filled in.
event-number = Enter a whole number within the range.
event-organ = There is no such organ in the roster.
event-choice = Choose from the list.
event-day = A day is written year-month-day, such as 2026-07-01.
event-before-birth = This is before the day of birth.
event-ends-before = The end is before the start.
### columns
column-age = Age
column-away = Works elsewhere
column-birth = Born
column-channel = Channel
column-degree = Degree
column-education = Education
column-entered = Entered the service
column-ethnic = Ethnic group
column-faults = Data faults
column-grade = Last assessment
column-id-ending = End of ID number
column-id-number = Identity number
column-layer = Leadership layer
column-left = Left
column-level = Level
column-level-step = level { $level }, step { $step }
column-major = Major
column-organ = Organ
column-part = Part
column-politics = Political status
column-rank = Rank
column-rank-since = In the rank since
column-retires = Retires
column-rooted = Rooted service
column-search = Search
column-sex = Sex
column-state = State
column-term = Service term until
column-work-start = Start of work
column-years-months = { $years } y { $months } m
column-number = No.
column-name = Name
column-post = Post
column-sheet = Roster

### doctor
doctor-schema = Schema: { $applied } of { $known }
doctor-schema-other = Schema: { $applied }, but this version needs { $known }
doctor-whole = Database file: whole
doctor-damage = Database file: damaged
    { "  " }{ $said }
doctor-tight = Records: everything that is referred to is there, and no act is missing
doctor-loose = Records that do not hang together: { $what }
doctor-careers = Careers: all { $read } can be read
doctor-careers-not = Careers: { $read } can be read, { $failed } cannot
    { "  " }{ $who }
doctor-columns = Lists: reckoned for today
doctor-columns-behind = Lists: { $people } people reckoned for another day; opening the office reckons them anew
doctor-documents = Policy documents: sound
doctor-documents-not = Policy documents: { $why }
doctor-do-later = The installation was opened by a later version: use that version.
doctor-do-schema = Make a backup, then open the installation once (takeroot serve): it is brought up to date.
doctor-do-damage = Stop the program, copy the directory away as it is, and restore the last backup into a new directory (takeroot restore).
doctor-do-loose = Something changed the database from outside. Compare with the last backup; restore it into a new directory if in doubt.
doctor-do-careers = These facts were not written by this version. Use the version that wrote them, or restore the last backup.
doctor-do-documents = Mend the document that is named, or take it out of the directory of the office's own documents.

### tokens
token-name-needed = Say which system will have the token (at most 60 characters)
token-scope-needed = Choose what it may
token-days-needed = Days: 1 to { $most }
token-organ-unknown = There is no such organ
### effect
effect-eligible = Can be promoted today
effect-not-eligible = Can no longer be promoted today
effect-rank-sooner = Promotion sooner
effect-rank-later = Promotion later
effect-freed = Free to leave today
effect-locked = Locked from today
effect-act-sooner = Free sooner
effect-act-later = Free later
effect-pay = Pay changes
effect-leave = Annual leave
effect-retirement = Retirement
effect-unclear = Whether it can be told changes
effect-line-base = Post (rank) pay
effect-line-level = Level pay
effect-line-bonus = Year-end bonus (a year)
effect-no-way = No such way
effect-no-day = Time alone does not bring it
effect-days = { $days } { $days ->
    [one] day
   *[other] days
  }
effect-unknown = Unknown
effect-sheet = Effect today
effect-months-sooner = { $months } sooner
effect-months-later = { $months } later
effect-days-sooner = { $days } { $days ->
    [one] day
   *[other] days
  } sooner
effect-days-later = { $days } { $days ->
    [one] day
   *[other] days
  } later
effect-col-name = Name
effect-col-organ = Organ
effect-col-kind = Change
effect-col-about = What
effect-col-before = Under the law
effect-col-after = With the proposal
effect-col-difference = Difference
effect-col-clause = Clause
### posts
posts-reading = Reading the post table
posts-too-large = The file is larger than { $most } MB: split it and send the parts.
### lab
lab-reading = Reading the roster
lab-central = Running the central figures
lab-doubting = The central figures are there; running the ranges of what is assumed and what nobody knows
lab-unsound = The years or numbers of runs are out of bounds, or both sides are the same rules.
lab-at-once = Only { $most } of your runs can be under way at a time. Wait for one to end, or stop one.
lab-nobody = Nobody in this roster serves in an organ on { $day }.
lab-too-few = Only { $people } people are in the run. With fewer than { $least }, every number would speak of someone, so it is not run.
lab-too-many = At most { $most } proposals can be put together at a time.
lab-townships-few = Townships or county organs have fewer than ten people: a figure of townships cannot be a target.
lab-sensing = Changing what is assumed, one thing after another, to see how the answer moves
lab-searching = Running every combination
