-- Who had a case at some time, in the order in which lists are: a search for an agent reads as many rows as it shows.
CREATE TABLE "case_agent" (
    "agent_id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "case_agent_pkey" PRIMARY KEY ("agent_id","case_id")
);
ALTER TABLE "case_agent" ADD CONSTRAINT "case_agent_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "case_agent_opened" ON "case_agent"("agent_id", "opened_at", "case_id");

CREATE FUNCTION case_has_agent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "case_agent" ("agent_id", "case_id", "opened_at") VALUES (NEW.agent_id, NEW.id, NEW.opened_at) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER case_has_agent AFTER INSERT OR UPDATE OF "agent_id" ON "risk_case" FOR EACH ROW WHEN (NEW.agent_id IS NOT NULL) EXECUTE FUNCTION case_has_agent();

CREATE FUNCTION offer_gives_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "case_agent" ("agent_id", "case_id", "opened_at") SELECT NEW.agent_id, id, opened_at FROM "risk_case" WHERE id = NEW.case_id ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER offer_gives_case AFTER INSERT OR UPDATE OF "status" ON "offer" FOR EACH ROW WHEN (NEW.status = 'accepted') EXECUTE FUNCTION offer_gives_case();

INSERT INTO "case_agent" ("agent_id", "case_id", "opened_at")
  SELECT agent_id, id, opened_at FROM "risk_case" WHERE agent_id IS NOT NULL
  UNION SELECT o.agent_id, o.case_id, c.opened_at FROM "offer" o JOIN "risk_case" c ON c.id = o.case_id WHERE o.status = 'accepted';

-- Nothing else looks a case up by these.
DROP INDEX "risk_case_agent";
DROP INDEX "offer_accepted";
