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
