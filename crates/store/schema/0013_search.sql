-- What people are searched by stands in the index for lists too, so that a search reads the index and not everyone's record.
DROP INDEX person_list;
CREATE INDEX person_list ON person (
    in_service, removed_by, merged_into, organ_seq, position, id, sex, birth, term_running, term_until, retires, away_kind,
    away_place, faults, rooted_months, education, channel, name, number, id_number);
