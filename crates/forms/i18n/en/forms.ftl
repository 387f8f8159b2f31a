### Names of forms
form-cadre = Cadre appointment form
form-rank = Rank appointment form
form-book = Roster book

### What goes wrong in printing
fault-no-font = There is no font to print with
fault-template = Template { $file } has an error: { $why }
fault-template-at = Template { $file }, line { $line }, column { $column }: { $why }
fault-pdf = The pages were set but cannot be written as PDF: { $why }
fault-nothing = There is nothing to print
fault-stopped = Printing was stopped

### What the typesetter says
typst-unknown-variable = there is no variable or function named “{ $name }”
typst-no-key = the data has no entry “{ $name }”
typst-unexpected-argument = unknown argument “{ $name }”
typst-missing-argument = argument “{ $name }” is missing
typst-unexpected = { $what } is not expected here
typst-expected = { $what } is expected here
typst-unclosed = a bracket is not closed
typst-unclosed-string = a quotation mark is not closed
typst-denied = a template may only use base.typ, data.json and photo, no other file and no package
typst-other = the typesetter says “{ $message }”

### The roster book as a workbook
fault-workbook = The workbook cannot be written: { $why }
book-sheet = Roster
book-title = Roster of civil servants as of { $day }
book-invented = Demonstration data; the people are invented
book-sheet-organs = Establishment
book-number = No.
book-organ = Organ
book-name = Name
book-sex = Sex
book-birth = Born
book-ethnic = Ethnic group
book-native = Native place
book-education = Education
book-politics = Political status
book-work = Started work
book-post = Post
book-layer = Layer
book-layer-since = In the layer since
book-rank = Rank
book-rank-since = In the rank since
book-grading = Level, step
book-remark = Remarks
book-establishment = Establishment
book-in-post = In post
book-vacant = Vacant (negative: over)
book-total = Total
