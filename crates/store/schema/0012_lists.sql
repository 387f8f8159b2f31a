-- One index for the list in the office's order and for what the home page counts. It begins with what every such question
-- holds fast, the two columns that are empty for whoever is there among them: SQLite reads an index alone only if all it asks
-- of stands in it.
DROP INDEX person_order;
DROP INDEX person_glance;
CREATE INDEX person_list ON person (
    in_service, removed_by, merged_into, organ_seq, position, id, sex, birth, term_running, term_until, retires, away_kind,
    away_place, faults, rooted_months, education, channel);
