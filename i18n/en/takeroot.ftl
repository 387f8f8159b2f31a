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
help-policy-example = {"  "}takeroot policy check

help-roster = Check a roster workbook, or write the template
help-roster-check = Read a roster (.xlsx, .xls, .csv) and list its sheets, people, events and every fault
help-roster-check--file = The roster
help-roster-check--json = Print JSON
help-roster-check--back = Write the same workbook with a column of errors to this file
help-roster-check-example = {"  "}takeroot roster check roster.xlsx --back roster-errors.xlsx
help-roster-template = Write the empty template: instructions, headers and drop-down lists
help-roster-template--out = The template
help-roster-template-example = {"  "}takeroot roster template template.xlsx
roster-written = Written: { $file }
roster-summary = Roster: { $file }
roster-sheet = Sheet
roster-kind = Holds
roster-header-row = Header row
roster-rows = Rows
roster-read = Read
roster-ignored = Columns not read
roster-events = Events
roster-counts = { $people } people, { $organs } organs, { $events } events
roster-invented = The workbook says that its people and values are invented
roster-sound = No faults found.
roster-faults = { $n } faults; rows with a fault were left out:
