-- Policy documents written in the office, and post tables as they came.
-- A document has versions: none is ever changed or removed.
CREATE TABLE policy_document (
    id      TEXT   NOT NULL PRIMARY KEY,
    -- proposal, local
    kind    TEXT   NOT NULL,
    -- draft, published, withdrawn
    state   TEXT   NOT NULL,
    -- the last version, and the one that is published (0: none)
    latest  BIGINT NOT NULL,
    shown   BIGINT NOT NULL
);

CREATE TABLE policy_version (
    document TEXT   NOT NULL,
    version  BIGINT NOT NULL,
    text     TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    account  BIGINT NOT NULL,
    act      BIGINT NOT NULL,
    PRIMARY KEY (document, version)
);

CREATE TABLE post_table (
    id       BIGINT NOT NULL PRIMARY KEY,
    name     TEXT   NOT NULL,
    content  BYTEA  NOT NULL,
    posts    BIGINT NOT NULL,
    recruits BIGINT NOT NULL,
    unread   BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    account  BIGINT NOT NULL,
    act      BIGINT NOT NULL,
    -- the act that put it away; NULL while it is there
    ended_by BIGINT
);
