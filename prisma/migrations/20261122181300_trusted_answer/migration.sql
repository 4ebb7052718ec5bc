-- Somebody whom a payer trusts answers by a link; only the link's hash is kept.
ALTER TABLE payment_check ADD COLUMN trusted_link_hash BYTEA, ADD COLUMN trusted_answered_at TIMESTAMPTZ(3);
CREATE UNIQUE INDEX payment_check_trusted_link_hash_key ON payment_check (trusted_link_hash);
