-- What other systems ask: whom an act changed.
CREATE INDEX event_undone ON event (undone_by) WHERE undone_by IS NOT NULL;
CREATE INDEX person_version_act ON person_version (act);
CREATE INDEX person_removed ON person (removed_by) WHERE removed_by IS NOT NULL;
