-- Until when what stands in for a secret holds: a password that another gave, a second factor that is not yet confirmed.
-- When the password was set, milliseconds.
ALTER TABLE account ADD COLUMN password_set BIGINT NOT NULL DEFAULT 0;
-- When it was set last is not known of an account that is there already: not before the account was.
UPDATE account SET password_set = created;
-- Until when the secret that was shown can be confirmed, milliseconds.
ALTER TABLE account ADD COLUMN totp_until BIGINT NOT NULL DEFAULT 0;
