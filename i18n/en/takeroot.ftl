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

help-demo = Make the demonstration county: an invented county for showing, testing and measuring
help-demo--people = People in service, 500 to 10000000; above 5000 they are spread over several counties
help-demo--seed = Seed: the same seed gives exactly the same files
help-demo--on = Reference day, up to which the careers run
help-demo--out = Output directory; roster files up to 50,000 people, Parquet columns above
help-demo--force = Write into a directory that is not empty, replacing files of the same name
help-demo-example = {"  "}takeroot demo --people 2000 --out demo-county
demo-not-empty = Directory { $dir } is not empty; to write into it add --force
demo-done = Written to { $dir }: counties { $counties }, people in service { $in_service }, with those who have left { $people }, events { $events }, in { $seconds } s. People and values are invented.
demo-progress = { $done }/{ $total } people made ({ $percent } %), about { $left } s left
