//! How a name can be typed: full pinyin and initials, from every syllable on, in all readings of its characters.
