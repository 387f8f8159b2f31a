demo-people-range = The number of people must lie between { $min } and { $max }; { $people } was given
demo-day-range = The reference day must lie between { $first } and { $last }; { $day } was given
demo-write = The column file could not be written: { $what }
demo-cancelled = Cancelled
