-- Work that takes longer than a request, and imports: the file as it came, and what it would change.
CREATE TABLE job (
    id         BIGINT NOT NULL PRIMARY KEY,
    kind       TEXT   NOT NULL,
    account    BIGINT NOT NULL,
    -- running, done, failed, cancelled, interrupted
    state      TEXT   NOT NULL,
    done       BIGINT NOT NULL,
    total      BIGINT NOT NULL,
    -- what is being done, or why it failed, in both languages
    message_zh TEXT   NOT NULL,
    message_en TEXT   NOT NULL,
    -- the page that shows what came of it; '' when there is none
    place      TEXT   NOT NULL,
    file_name  TEXT   NOT NULL,
    file       BYTEA,
    began      BIGINT NOT NULL,
    ended      BIGINT
);
CREATE INDEX job_account ON job (account, id);

CREATE TABLE import (
    id       BIGINT NOT NULL PRIMARY KEY,
    account  BIGINT NOT NULL,
    name     TEXT   NOT NULL,
    content  BYTEA  NOT NULL,
    at       BIGINT NOT NULL,
    -- reading, preview, applied, undone
    state    TEXT   NOT NULL,
    -- the roster as the preview found it: number of people and sum of revisions
    base     TEXT   NOT NULL,
    -- JSON: how many rows of each kind, what each sheet was taken for, people chosen for doubtful rows
    counts   TEXT   NOT NULL,
    choices  TEXT   NOT NULL,
    job      BIGINT,
    act      BIGINT
);
CREATE INDEX import_account ON import (account, id);

-- What a person or row of the file would do: new, changed, unchanged, doubtful, error.
CREATE TABLE import_row (
    import BIGINT NOT NULL,
    n      BIGINT NOT NULL,
    kind   TEXT   NOT NULL,
    person BIGINT,
    number TEXT   NOT NULL,
    name   TEXT   NOT NULL,
    -- JSON: changes field by field, candidates, faults
    detail TEXT   NOT NULL,
    PRIMARY KEY (import, n)
);
CREATE INDEX import_row_kind ON import_row (import, kind, n);

-- A person whose entry was undone, or who was merged into another, leaves the number free.
DROP INDEX person_number;
CREATE UNIQUE INDEX person_number ON person (number) WHERE removed_by IS NULL AND merged_into IS NULL;
