-- Identity numbers that were corrected: a person is still found by them.
CREATE TABLE old_number (
    person BIGINT NOT NULL,
    number TEXT   NOT NULL,
    act    BIGINT NOT NULL,
    PRIMARY KEY (person, number, act)
);
