-- What the dashboards hear over LISTEN. Triggers, so that no writer can forget to tell.
-- Channel `desk`: {kind, agentId, caseId}; channel `board`: {caseId}; channel `outbound`: a wake-up.

CREATE FUNCTION notify_desk(kind text, agent_id text, case_id text) RETURNS void LANGUAGE sql AS $$
  SELECT pg_notify('desk', json_build_object('kind', kind, 'agentId', agent_id, 'caseId', case_id)::text)
$$;

CREATE FUNCTION live_presence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM notify_desk('presence', NEW.user_id, NEW.case_id);
  PERFORM pg_notify('board', json_build_object('agentId', NEW.user_id)::text);
  RETURN NULL;
END $$;
CREATE TRIGGER live_presence_insert AFTER INSERT ON "presence" FOR EACH ROW EXECUTE FUNCTION live_presence();
-- A renewed lease alone is no news.
CREATE TRIGGER live_presence_update AFTER UPDATE ON "presence" FOR EACH ROW
  WHEN ((OLD.status, OLD.reason, OLD.case_id, OLD.wrap_up_until, OLD.next) IS DISTINCT FROM (NEW.status, NEW.reason, NEW.case_id, NEW.wrap_up_until, NEW.next))
  EXECUTE FUNCTION live_presence();

CREATE FUNCTION live_offer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM notify_desk('offer', NEW.agent_id, NEW.case_id);
  RETURN NULL;
END $$;
CREATE TRIGGER live_offer AFTER INSERT OR UPDATE ON "offer" FOR EACH ROW EXECUTE FUNCTION live_offer();

CREATE FUNCTION live_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM notify_desk('call', agent_id, id) FROM "risk_case" WHERE id = NEW.case_id AND agent_id IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER live_attempt AFTER INSERT OR UPDATE ON "attempt" FOR EACH ROW EXECUTE FUNCTION live_attempt();

CREATE FUNCTION live_case_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM notify_desk('case', agent_id, id) FROM "risk_case" WHERE id = NEW.case_id AND agent_id IS NOT NULL;
  PERFORM pg_notify('board', json_build_object('caseId', NEW.case_id)::text);
  RETURN NULL;
END $$;
CREATE TRIGGER live_case_event AFTER INSERT ON "case_event" FOR EACH ROW EXECUTE FUNCTION live_case_event();

CREATE FUNCTION live_outbound() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('outbound', '');
  RETURN NULL;
END $$;
CREATE TRIGGER live_outbound AFTER INSERT ON "outbound_event" FOR EACH STATEMENT EXECUTE FUNCTION live_outbound();
