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

help-lrmx = Check and convert appointment forms (.lrmx files), one or thousands
help-lrmx-check = Check .lrmx files: what was read from each, and every fault
help-lrmx-check--paths = Folders (with all below) or files
help-lrmx-check--json = Print JSON
help-lrmx-check-example = {"  "}takeroot lrmx check forms/
help-lrmx-convert = Gather .lrmx files in a workbook, or make them from a workbook
help-lrmx-convert--paths = Folders or .lrmx files; for the way back, .xlsx files
help-lrmx-convert--xlsx = The workbook to write
help-lrmx-convert--lrmx = The folder to write .lrmx files to
help-lrmx-convert--overwrite = Write over files that exist
help-lrmx-convert-example =
    {"  "}takeroot lrmx convert forms/ --xlsx forms.xlsx
    {"  "}takeroot lrmx convert forms.xlsx --lrmx again/

lrmx-no-target = Say with --xlsx or --lrmx what to make
lrmx-no-such-path = { $path } cannot be read
lrmx-none = There are no .lrmx files there
lrmx-exists = { $path } exists and was not overwritten (--overwrite allows it)
lrmx-not-written = { $path } cannot be written
lrmx-bad-name = "{ $name }" cannot be a file name
lrmx-progress = { $done } of { $total } done
lrmx-head-file = File
lrmx-head-name = Name
lrmx-head-education = Education
lrmx-head-organs = Service
lrmx-head-posts = Posts
lrmx-head-ranks = Ranks
lrmx-head-assessments = Assessments
lrmx-head-merits = Rewards
lrmx-head-faults = Faults
lrmx-faults = Faults:
lrmx-notes = Notes:
lrmx-summary = { $files } files, { $read } read, { $faults } faults, { $notes } notes
lrmx-written-book = Wrote { $path }
lrmx-written-files = Wrote { $count } .lrmx files in { $path }
