-- Reviews of calls. Scorecards themselves are arrangements: arrangement_version has every version of them.

-- The lots of one week's calls: with the seed and the policy anybody can draw them again.
CREATE TABLE "quality_week" (
    "week" TIMESTAMPTZ(3) NOT NULL,
    "seed" TEXT NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "quality_week_pkey" PRIMARY KEY ("week")
);

CREATE TABLE "call_review" (
    "id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "attempt_id" TEXT NOT NULL,
    "agent_id" TEXT,
    "reasons" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "week" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "calibrates" TEXT,
    "scorecard_id" TEXT,
    "scorecard_version" INTEGER,
    "reviewer_id" TEXT,
    "draft" JSONB,
    "draft_comment" TEXT,
    "chosen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "submitted_at" TIMESTAMPTZ(3),
    "agent_comment" TEXT,
    "agent_answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "call_review_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "call_review" ADD CONSTRAINT "call_review_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "call_review" ADD CONSTRAINT "call_review_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "call_review" ADD CONSTRAINT "call_review_calibrates_fkey" FOREIGN KEY ("calibrates") REFERENCES "call_review"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- A call has one review; a calibration is one more of it by one more reviewer.
CREATE UNIQUE INDEX "call_review_call" ON "call_review"("attempt_id") WHERE "calibrates" IS NULL;
CREATE UNIQUE INDEX "call_review_calibrates_reviewer_id_key" ON "call_review"("calibrates", "reviewer_id");
CREATE INDEX "call_review_state_chosen_at_idx" ON "call_review"("state", "chosen_at");
CREATE INDEX "call_review_agent_id_submitted_at_idx" ON "call_review"("agent_id", "submitted_at");
CREATE INDEX "call_review_case_id_idx" ON "call_review"("case_id");

-- What was scored. A correction and a settlement are further versions.
CREATE TABLE "review_version" (
    "review_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "answers" JSONB NOT NULL,
    "comment" TEXT,
    "earned" INTEGER NOT NULL,
    "possible" INTEGER NOT NULL,
    "percent" INTEGER,
    "failed" BOOLEAN NOT NULL,
    "reviewer_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "review_version_pkey" PRIMARY KEY ("review_id", "version")
);
ALTER TABLE "review_version" ADD CONSTRAINT "review_version_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "call_review"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A score is fixed. Only the comment may go, when retention erases the case.
CREATE FUNCTION review_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.comment IS NULL AND to_jsonb(NEW) - 'comment' = to_jsonb(OLD) - 'comment' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a submitted review is not changed';
END $$;
CREATE TRIGGER review_is_fixed BEFORE UPDATE OR DELETE ON "review_version" FOR EACH ROW EXECUTE FUNCTION review_is_fixed();

-- Where the lots of an agent's week are drawn from.
CREATE INDEX "attempt_talked" ON "attempt"("agent_id", "ended_at") WHERE "contact_at" IS NOT NULL;
