-- Who may sign in, as what, where, from when to when; what they looked at.
CREATE TABLE account (
    id            BIGINT NOT NULL PRIMARY KEY,
    -- sign-in name, lower case
    name          TEXT   NOT NULL,
    -- the person or office behind it, as shown
    title         TEXT   NOT NULL,
    person        BIGINT,
    -- Argon2id in PHC form; '' while none was set
    password      TEXT   NOT NULL,
    must_change   BIGINT NOT NULL,
    -- base32; '' while no second factor is set up
    totp          TEXT   NOT NULL,
    totp_pending  TEXT   NOT NULL,
    -- last time step used, so that a code works once
    totp_step     BIGINT NOT NULL,
    lang          TEXT   NOT NULL,
    created       BIGINT NOT NULL,
    disabled      BIGINT NOT NULL
);
CREATE UNIQUE INDEX account_name ON account (name);
CREATE INDEX account_person ON account (person);

-- A role on a subtree of organs ('' is everything), from a day to a day.
CREATE TABLE role_grant (
    id       BIGINT NOT NULL PRIMARY KEY,
    account  BIGINT NOT NULL,
    role     TEXT   NOT NULL,
    organ    TEXT   NOT NULL,
    from_day BIGINT NOT NULL,
    to_day   BIGINT,
    act      BIGINT NOT NULL,
    ended_by BIGINT
);
CREATE INDEX role_grant_account ON role_grant (account);

CREATE TABLE session (
    -- SHA-256 of the cookie's value, hexadecimal
    token     TEXT   NOT NULL PRIMARY KEY,
    id        BIGINT NOT NULL,
    account   BIGINT NOT NULL,
    created   BIGINT NOT NULL,
    seen      BIGINT NOT NULL,
    expires   BIGINT NOT NULL,
    -- 0: password given, second factor still wanted; 1: signed in
    complete  BIGINT NOT NULL,
    address   TEXT   NOT NULL,
    agent     TEXT   NOT NULL,
    ended     BIGINT
);
CREATE INDEX session_account ON session (account);

-- Token buckets: what, and for whom.
CREATE TABLE bucket (
    key    TEXT   NOT NULL PRIMARY KEY,
    -- thousandths of a token
    tokens BIGINT NOT NULL,
    at     BIGINT NOT NULL
);

-- A look at a sensitive class of fields of a person.
CREATE TABLE sight (
    id      BIGINT NOT NULL PRIMARY KEY,
    at      BIGINT NOT NULL,
    account BIGINT NOT NULL,
    person  BIGINT NOT NULL,
    -- pay, family, identity
    class   TEXT   NOT NULL,
    -- page, form or interface it was seen on
    place   TEXT   NOT NULL
);
CREATE INDEX sight_person ON sight (person, id);
CREATE INDEX sight_account ON sight (account, id);

-- Tokens of other systems.
CREATE TABLE api_token (
    id      BIGINT NOT NULL PRIMARY KEY,
    token   TEXT   NOT NULL,
    name    TEXT   NOT NULL,
    account BIGINT NOT NULL,
    -- space separated: roster:read, standing:read, pay:read …
    scopes  TEXT   NOT NULL,
    organ   TEXT   NOT NULL,
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    used    BIGINT,
    ended   BIGINT
);
CREATE UNIQUE INDEX api_token_token ON api_token (token);
