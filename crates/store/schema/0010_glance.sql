-- What the home page counts, in the order it is read: the counts touch this index alone.
CREATE INDEX person_glance ON person (
    organ_seq, sex, birth, term_running, term_until, retires, away_kind, faults, rooted_months, education, channel
) WHERE in_service = 1 AND removed_by IS NULL AND merged_into IS NULL;
