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

help-posts = Read official recruitment post tables into one form and sum them up
help-posts--files = Post tables: .xls, .xlsx or .csv, one or more
help-posts--json = Print JSON
help-posts--xlsx = Write all posts, the summary and the cells not understood to this workbook
help-posts--on = Check against the rules at this date (YYYY-MM-DD)
help-posts--proposal = Compare with this proposal, one or more
help-posts-example = {"  "}takeroot posts data/posts/guangdong-2025/guangdong-2025-posts-original.xls --xlsx posts.xlsx
posts-head = { $file } (layout { $layout }): { $posts } posts, { $recruits } recruits, { $unread } cells not understood
posts-col-sheet = Sheet
posts-col-posts = Posts
posts-col-recruits = Recruits
posts-col-what = Township recruits
posts-col-share = Share
posts-township = Townships and subdistricts
posts-total = Total
posts-no-posts = (no posts)
posts-more-unread = … and { $more } more; see --json or --xlsx
posts-cannot-read = cannot read { $file }
posts-cannot-write = cannot write { $file }
posts-written = Written: { $file }
posts-bad-date = { $date } is not a date; write YYYY-MM-DD
posts-not-checked = not checked: no rules are connected yet
