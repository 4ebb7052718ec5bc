-- Teams, queues and skills: who may be offered which case, and from when on.

CREATE TABLE "team" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "team_name_key" ON "team"("name");

CREATE TABLE "queue" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "position" INTEGER NOT NULL,
    "kinds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "languages" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "methods" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "currency" TEXT,
    "amount_from" BIGINT,
    "amount_below" BIGINT,
    "score_from" INTEGER,
    "score_below" INTEGER,
    "stages" JSONB NOT NULL,
    "dial_mode" TEXT NOT NULL DEFAULT 'adaptive',

    CONSTRAINT "queue_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "queue_name_key" ON "queue"("name");

-- Every version of what administrators and supervisors arrange, as it was written.
CREATE TABLE "arrangement_version" (
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "body" JSONB NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "arrangement_version_pkey" PRIMARY KEY ("kind", "subject", "version")
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "arrangement_version" FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "arrangement_version" FOR EACH STATEMENT EXECUTE FUNCTION append_only();

ALTER TABLE "staff_user" ADD COLUMN "skill_levels" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "staff_user" ADD COLUMN "team_ids" TEXT[] DEFAULT ARRAY[]::TEXT[];
ALTER TABLE "staff_user" ADD COLUMN "abilities" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- What a case may ask of an agent, as words, so that matching compares two arrays: agent:<id>, team:<id>,
-- language:<zh>, skill:<name>:<1 up to the level>. A trigger, so that no writer can forget it.
CREATE FUNCTION staff_abilities() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.abilities := ARRAY['agent:' || NEW.id]
    || ARRAY(SELECT 'team:' || t FROM unnest(NEW.team_ids) AS t)
    || ARRAY(SELECT DISTINCT 'language:' || split_part(l, '-', 1) FROM unnest(NEW.languages) AS l)
    || ARRAY(SELECT 'skill:' || s || ':' || level
             FROM unnest(NEW.skills) AS s, generate_series(1, coalesce((NEW.skill_levels->>s)::int, 1)) AS level);
  RETURN NEW;
END $$;
CREATE TRIGGER staff_abilities BEFORE INSERT OR UPDATE ON "staff_user" FOR EACH ROW EXECUTE FUNCTION staff_abilities();
UPDATE "staff_user" SET "abilities" = '{}';

ALTER TABLE "risk_case" ADD COLUMN "queue_id" TEXT;
ALTER TABLE "risk_case" ADD COLUMN "queued_at" TIMESTAMPTZ(3);
ALTER TABLE "risk_case" ADD COLUMN "queue_stage" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "risk_case" ADD COLUMN "required" TEXT[] DEFAULT ARRAY[]::TEXT[];
ALTER TABLE "risk_case" ADD COLUMN "open_to" TEXT[] DEFAULT ARRAY[]::TEXT[];
ALTER TABLE "risk_case" ADD COLUMN "preferred_agent_id" TEXT;
ALTER TABLE "risk_case" ADD COLUMN "urgent_at" TIMESTAMPTZ(3);

-- The queue of cases that wait for an agent, the most urgent first.
UPDATE "risk_case" SET "urgent_at" = "deadline" - make_interval(secs => "priority") WHERE "waiting_since" IS NOT NULL;
DROP INDEX "risk_case_waiting";
CREATE INDEX "risk_case_waiting" ON "risk_case"("urgent_at") WHERE "waiting_since" IS NOT NULL;
