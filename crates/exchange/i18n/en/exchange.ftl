hello = Takeroot

# .lrmx
lrmx-place = line { $line }, column { $column }
lrmx-fault = { $place }: { $what }
lrmx-empty = the file is empty
lrmx-too-large = the file is too large ({ $found }); the limit is { $expected }
lrmx-encoding = the text is not { $expected } (bytes { $found } here); save it again with the editor it came from
lrmx-unknown-encoding = the file states an unknown encoding, "{ $found }"
lrmx-not-xml = not an .lrmx file: this is not XML (it begins with "{ $found }")
lrmx-truncated = the file is cut off: { $expected } is missing at its end
lrmx-malformed = the tag "{ $found }" breaks the rules of XML; "{ $expected }" should stand here
lrmx-bad-entity = "{ $found }" stands for no character; a lone & is written &amp;
lrmx-doctype = the file has a DOCTYPE, which is refused for safety
lrmx-wrong-root = the root element is { $found }, it should be { $expected }
lrmx-second-root = something follows the root element: { $found }
lrmx-too-deep = elements are nested too deeply; the limit is { $expected } levels
lrmx-duplicate-element = this element stands twice; only the first is used
lrmx-control-character = a control character ({ $found }) that XML does not allow
lrmx-name-missing = there is no name
lrmx-date = "{ $found }" is not a date; write it as { $expected }
lrmx-sex = the sex "{ $found }" should be 男 or 女
lrmx-id-length = the ID number has { $found } characters, it should have 18
lrmx-id-digit = character { $found } of the ID number is not a digit
lrmx-id-birth = digits 7 to 14 of the ID number are not a date of birth
lrmx-id-check = the check character of the ID number is wrong: it is { $found }, it should be { $expected }
lrmx-id-against-birth = the ID number gives { $expected } as the month of birth, the form { $found }
lrmx-id-against-sex = the ID number says { $expected }, the form { $found }
lrmx-before-birth = { $found } is before the birth in { $expected }
lrmx-education-level = unknown level of education "{ $found }"
lrmx-degree = unknown degree "{ $found }"
lrmx-photo = the photo is not base64: it has the character "{ $found }"
lrmx-photo-length = the photo is cut off: { $found } characters, not a multiple of 4
lrmx-resume-line = no time can be read in this line, it is kept as text: "{ $found }"
lrmx-resume-dash = the sign between the two times is unknown, the line is kept as text: "{ $found }"
lrmx-resume-month = this line has a month that does not exist, it is kept as text: "{ $found }"
lrmx-resume-order = this line ends before it starts, it is kept as text: "{ $found }"
lrmx-assessment = assessment result not understood, kept as text: "{ $found }"
lrmx-assessment-conflict = two different results for the same year: "{ $found }"
lrmx-assessment-future = the year assessed is after the day of filling: "{ $found }"
lrmx-assessment-near = "{ $found }" needs the day of filling, which is blank
lrmx-merit = reward or sanction not understood, kept as text: "{ $found }"
lrmx-merit-undated = a reward or sanction without a date: "{ $found }"
lrmx-education-undated = no résumé line shows when "{ $found }" was finished; dated { $expected } for now
lrmx-rank-undated = no résumé line shows since when "{ $found }" is held; dated { $expected } for now
lrmx-post-undated = no résumé line shows since when "{ $found }" is held; dated { $expected } for now
lrmx-undated = "{ $found }" has no date and the day of filling is blank; left out
lrmx-workbook = cannot be turned back: { $found }
lrmx-disk = cannot be read or written: { $found }
lrmx-malformed-alone = the tag "{ $found }" breaks the rules of XML
lrmx-truncated-alone = the file is cut off in the middle of a tag
lrmx-encoding-alone = the text is not { $expected }; save the file again with the editor it came from
lrmx-resume-nested = what was done meanwhile is neither study nor work elsewhere, kept as text: "{ $found }"
lrmx-study-level = this study names no level of education, kept as text: "{ $found }"
lrmx-book-file = File
lrmx-book-name = Name
lrmx-book-from = From
lrmx-book-to = To
lrmx-book-text = Text
lrmx-book-year = Year
lrmx-book-grade = Result
lrmx-book-code = Code
lrmx-book-line = Line
lrmx-book-column = Column
lrmx-book-message = Message
lrmx-book-element = Element
lrmx-book-piece = Piece
lrmx-book-other = Other elements
lrmx-book-order = Order of elements
lrmx-book-photo = (photo)
lrmx-book-notes =
    Each row is one appointment form. "File" is the name it gets when turned back into .lrmx; no two may be the same.
    Columns hold the text as it is and may be edited; the way back uses the sheets "Forms" and "Family" only.
    "Resume", "Assessments" and "Faults" are for reading; changes there are not written back.
    "Other elements" keeps what the form itself does not have; leave it as it is.
    Photos and other long texts are kept on a hidden sheet; clearing the cell removes the text.
lrmx-member = family member's { $part }
lrmx-sanction-year = only the year of this sanction is given; dated 1 January for now: "{ $found }"
