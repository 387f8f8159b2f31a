-- Saved views of the roster: a name for a query and its columns, one's own or shared with everyone.

CREATE TABLE roster_view (
    id      BIGINT NOT NULL PRIMARY KEY,
    account BIGINT NOT NULL,
    name    TEXT   NOT NULL,
    -- the query as it stands in an address, columns and order among it
    query   TEXT   NOT NULL,
    shared  BIGINT NOT NULL,
    at      BIGINT NOT NULL
);
CREATE INDEX roster_view_account ON roster_view (account);
CREATE INDEX person_everyone ON person (organ_seq, position, id);
