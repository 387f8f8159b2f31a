-- The roster: organs, people, their dated facts, and the acts that recorded them.
-- Three words of storage only: BIGINT (days as yyyy<<9|mm<<5|dd, moments as milliseconds since 1970 UTC, flags 0/1), TEXT, BYTEA.

-- What holds for the whole installation, by name.
CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- The next free number of each kind.
CREATE TABLE counter (
    name TEXT   NOT NULL PRIMARY KEY,
    next BIGINT NOT NULL
);

-- Organs and the groups that hold them, numbered depth first: a subtree is the interval seq..last.
CREATE TABLE organ (
    id            TEXT   NOT NULL PRIMARY KEY,
    seq           BIGINT NOT NULL,
    last          BIGINT NOT NULL,
    depth         BIGINT NOT NULL,
    parent        TEXT   NOT NULL,
    -- '' for an organ, else what the group is: division, county-organs, townships
    grouping      TEXT   NOT NULL,
    name          TEXT   NOT NULL,
    kind          TEXT   NOT NULL,
    division      TEXT   NOT NULL,
    establishment BIGINT,
    hardship      BIGINT,
    area_band     BIGINT
);
CREATE INDEX organ_seq ON organ (seq);

-- An official step that changed something: who, when, what. Never removed; undone by another act.
CREATE TABLE act (
    id        BIGINT NOT NULL PRIMARY KEY,
    kind      TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    account   BIGINT NOT NULL,
    person    BIGINT,
    -- JSON: what the kind of act says of itself
    detail    TEXT   NOT NULL,
    undoes    BIGINT,
    undone_by BIGINT
);
CREATE INDEX act_person ON act (person, id);

-- A person. `data` is the present record as JSON; every earlier one stays in person_version. The columns below
-- `revision` repeat what the rules say of the career on `indexed_on`, so that lists can be filtered and ordered.
CREATE TABLE person (
    id            BIGINT NOT NULL PRIMARY KEY,
    -- the office's number; changed only by an act
    number        TEXT   NOT NULL,
    data          TEXT   NOT NULL,
    revision      BIGINT NOT NULL,
    -- set when the act that entered the person was undone, or the person was merged into another
    removed_by    BIGINT,
    merged_into   BIGINT,
    indexed_on    BIGINT NOT NULL,
    name          TEXT   NOT NULL,
    sex           TEXT   NOT NULL,
    birth         BIGINT,
    id_number     TEXT   NOT NULL,
    ethnic        TEXT   NOT NULL,
    politics      TEXT   NOT NULL,
    work_start    BIGINT,
    in_service    BIGINT NOT NULL,
    left_on       BIGINT,
    left_reason   TEXT   NOT NULL,
    organ         TEXT   NOT NULL,
    organ_seq     BIGINT NOT NULL,
    -- order within the organ: leadership layer, rank, seniority
    position      BIGINT NOT NULL,
    layer         TEXT   NOT NULL,
    layer_since   BIGINT,
    post          TEXT   NOT NULL,
    rank          TEXT   NOT NULL,
    rank_since    BIGINT,
    level         BIGINT,
    step          BIGINT,
    education     TEXT   NOT NULL,
    degree        TEXT   NOT NULL,
    major         TEXT   NOT NULL,
    channel       TEXT   NOT NULL,
    entered       BIGINT,
    rooted_months BIGINT NOT NULL,
    away_kind     TEXT   NOT NULL,
    away_place    TEXT   NOT NULL,
    away_since    BIGINT,
    term_until    BIGINT,
    term_running  BIGINT NOT NULL,
    retires       BIGINT,
    last_grade    TEXT   NOT NULL,
    -- number of data faults found in the record
    faults        BIGINT NOT NULL
);
CREATE UNIQUE INDEX person_number ON person (number);
CREATE INDEX person_order ON person (in_service, organ_seq, position, id);
CREATE INDEX person_id_number ON person (id_number);
CREATE INDEX person_name ON person (name);

CREATE TABLE person_version (
    person    BIGINT NOT NULL,
    version   BIGINT NOT NULL,
    data      TEXT   NOT NULL,
    act       BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (person, version)
);

-- The dated facts of a career. A row is never changed but for `undone_by`; an amendment is a later row.
CREATE TABLE event (
    person       BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    effective    BIGINT NOT NULL,
    approved     BIGINT,
    counted_from BIGINT,
    recorded     BIGINT,
    document     TEXT   NOT NULL,
    basis        TEXT   NOT NULL,
    amends       BIGINT,
    -- kind of fact, and the fact as JSON
    kind         TEXT   NOT NULL,
    fact         TEXT   NOT NULL,
    act          BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    undone_by    BIGINT,
    PRIMARY KEY (person, id)
);
CREATE INDEX event_act ON event (act);
CREATE INDEX event_effective ON event (effective);

-- How a name can be typed: full pinyin, initials, each from every syllable on; all readings.
CREATE TABLE name_key (
    key    TEXT   NOT NULL,
    person BIGINT NOT NULL,
    PRIMARY KEY (key, person)
);
CREATE INDEX name_key_person ON name_key (person);

-- What was found doubtful in a record: shown on the home page and the person's page.
CREATE TABLE data_fault (
    person BIGINT NOT NULL,
    code   TEXT   NOT NULL,
    detail TEXT   NOT NULL,
    PRIMARY KEY (person, code, detail)
);
