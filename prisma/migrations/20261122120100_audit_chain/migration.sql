-- The audit log: append-only, hash-chained in 16 lanes so that unrelated cases do not wait for each other.
-- hash = sha256(prev_hash || lane, seq, at, actor, action, subject, data joined by the unit separator);
-- records/auditChain.ts recomputes it the same way.

INSERT INTO "audit_head" ("lane", "seq", "hash")
SELECT lane, 0, sha256(convert_to('risk-callback audit lane ' || lane, 'UTF8')) FROM generate_series(0, 15) AS lane;

CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  head "audit_head"%ROWTYPE;
BEGIN
  NEW.lane := hashtext(NEW.subject) & 15;
  -- Holding the lane's head until commit makes the order of the chain the order of the commits.
  SELECT * INTO head FROM "audit_head" WHERE lane = NEW.lane FOR UPDATE;
  NEW.seq := head.seq + 1;
  NEW.at := date_trunc('milliseconds', clock_timestamp());
  NEW.prev_hash := head.hash;
  NEW.hash := sha256(head.hash || convert_to(concat_ws(E'\x1f',
    NEW.lane, NEW.seq, to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    NEW.actor, NEW.action, NEW.subject, NEW.data::text), 'UTF8'));
  UPDATE "audit_head" SET seq = NEW.seq, hash = NEW.hash WHERE lane = NEW.lane;
  RETURN NEW;
END $$;

CREATE TRIGGER audit_chain BEFORE INSERT ON "audit_entry" FOR EACH ROW EXECUTE FUNCTION audit_chain();

CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "audit_entry" FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "audit_entry" FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "case_event" FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "case_event" FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- Every event of a case is a row of the audit log, in the same transaction, whoever writes it.
CREATE FUNCTION case_event_to_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "audit_entry" ("lane", "seq", "at", "actor", "action", "subject", "data", "prev_hash", "hash")
  VALUES (0, 0, NEW.at, NEW.actor, NEW.type, NEW.case_id, NEW.data, '', '');
  RETURN NULL;
END $$;

CREATE TRIGGER case_event_to_audit AFTER INSERT ON "case_event" FOR EACH ROW EXECUTE FUNCTION case_event_to_audit();
