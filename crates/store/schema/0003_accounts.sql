-- What the pages for accounts, sessions, acts and looks ask for quickly.
CREATE UNIQUE INDEX session_id ON session (id);
CREATE INDEX act_account ON act (account, id);
CREATE INDEX act_kind ON act (kind, id);
