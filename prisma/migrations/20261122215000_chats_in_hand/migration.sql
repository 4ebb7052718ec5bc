-- An agent may have several chats in hand, beside at most one call.
CREATE TABLE "chat_in_hand" (
    "agent_id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "wrap_up_until" TIMESTAMPTZ(3),
    "wrap_up_extended" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "chat_in_hand_pkey" PRIMARY KEY ("agent_id", "case_id")
);
ALTER TABLE "chat_in_hand" ADD CONSTRAINT "chat_in_hand_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- Whoever wraps up a chat may still do so while somebody else has gone on with it.
CREATE UNIQUE INDEX "chat_in_hand_one_agent" ON "chat_in_hand"("case_id") WHERE "wrap_up_until" IS NULL;

-- How many there are, in the row that matching locks: a limit that was looked up elsewhere could be passed in a race.
ALTER TABLE "presence" ADD COLUMN "chats" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "staff_user" ADD COLUMN "chat_limit" INTEGER;
ALTER TABLE "risk_case" ADD COLUMN "channel" TEXT NOT NULL DEFAULT 'voice';
ALTER TABLE "risk_case" ADD COLUMN "chats_below" INTEGER NOT NULL DEFAULT 1;

-- Both are written so that PostgreSQL puts them into the statements that call them.

-- Whether the agent is there and may be offered something at all.
CREATE FUNCTION takes_offers(p presence) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT p.lease_until > now() AND (p.status = 'available' OR (p.next = 'available'
    AND ((p.status = 'wrap_up' AND p.wrap_up_until <= now()) OR (p.status IN ('busy', 'wrap_up') AND p.case_id IS NULL AND p.chats > 0))))
$$;

-- Whether their chats leave room for this case. Chats whose wrap-ups are all over count no more.
CREATE FUNCTION has_room(p presence, u staff_user, c risk_case) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN p.status = 'wrap_up' AND p.case_id IS NULL AND p.wrap_up_until <= now() THEN 0 ELSE p.chats END
    < CASE c.channel WHEN 'chat' THEN coalesce(u.chat_limit, c.chats_below) ELSE c.chats_below END
$$;

-- What an agent has in hand, from accepting the offer until its wrap-up is over.
CREATE VIEW "case_in_hand" AS
  SELECT user_id AS agent_id, case_id, status FROM "presence" WHERE case_id IS NOT NULL AND status IN ('busy', 'wrap_up')
  UNION ALL
  SELECT agent_id, case_id, CASE WHEN wrap_up_until IS NULL THEN 'busy' ELSE 'wrap_up' END FROM "chat_in_hand";

DROP TRIGGER live_presence_update ON "presence";
CREATE TRIGGER live_presence_update AFTER UPDATE ON "presence" FOR EACH ROW
  WHEN ((OLD.status, OLD.reason, OLD.case_id, OLD.wrap_up_until, OLD.next, OLD.chats) IS DISTINCT FROM (NEW.status, NEW.reason, NEW.case_id, NEW.wrap_up_until, NEW.next, NEW.chats))
  EXECUTE FUNCTION live_presence();

CREATE FUNCTION live_chat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM notify_desk('presence', coalesce(NEW.agent_id, OLD.agent_id), coalesce(NEW.case_id, OLD.case_id));
  RETURN NULL;
END $$;
CREATE TRIGGER live_chat AFTER INSERT OR UPDATE OR DELETE ON "chat_in_hand" FOR EACH ROW EXECUTE FUNCTION live_chat();
