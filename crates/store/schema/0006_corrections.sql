-- What a person says is wrong in the own file, and what the office answered.
CREATE TABLE correction (
    id       BIGINT NOT NULL PRIMARY KEY,
    person   BIGINT NOT NULL,
    account  BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    -- the fact that is wrong; none when it is a field of the basics, or a fact is missing
    event    BIGINT,
    wrong    TEXT   NOT NULL,
    right_is TEXT   NOT NULL,
    evidence TEXT   NOT NULL,
    -- waiting, accepted, refused
    state    TEXT   NOT NULL,
    answer   TEXT   NOT NULL,
    answered BIGINT,
    answerer BIGINT
);
CREATE INDEX correction_person ON correction (person, id);
CREATE INDEX correction_state ON correction (state, id);

-- Notes of the organization department on a person.
CREATE TABLE note (
    id      BIGINT NOT NULL PRIMARY KEY,
    person  BIGINT NOT NULL,
    account BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    text    TEXT   NOT NULL
);
CREATE INDEX note_person ON note (person, id);
