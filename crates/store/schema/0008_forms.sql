-- Templates of printed forms that take the place of the shipped ones: every one ever in use; an empty text restores the shipped one.
CREATE TABLE form_template (
    form    TEXT   NOT NULL,
    version BIGINT NOT NULL,
    text    TEXT   NOT NULL,
    at      BIGINT NOT NULL,
    act     BIGINT NOT NULL,
    PRIMARY KEY (form, version)
);
