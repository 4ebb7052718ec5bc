-- A payment that the payment app asks about before it makes it.
CREATE TABLE "payment_check" (
  "payment_id" TEXT NOT NULL,
  "check_id" TEXT NOT NULL,
  "case_id" TEXT,
  "body_hash" TEXT NOT NULL,
  "body" JSONB NOT NULL,
  "payer_id" TEXT NOT NULL,
  "payee_id" TEXT NOT NULL,
  "amount" BIGINT NOT NULL,
  "currency" TEXT NOT NULL,
  "score" INTEGER NOT NULL,
  "reasons" JSONB NOT NULL,
  "decision" TEXT NOT NULL,
  "phase" TEXT NOT NULL,
  "plan" TEXT NOT NULL,
  "ending" TEXT,
  "payer_said" TEXT,
  "outcome" TEXT,
  "scam_type" TEXT,
  "outcome_by" TEXT,
  "outcome_notes" TEXT,
  "score_after" INTEGER,
  "trusted_name" TEXT,
  "trusted_phone" TEXT,
  "trusted_answer" TEXT,
  "help_channel" TEXT,
  "call_code" TEXT,
  "funds_state" TEXT NOT NULL DEFAULT 'none',
  "until" TIMESTAMPTZ(3),
  "version" INTEGER NOT NULL DEFAULT 1,
  "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "acknowledged_at" TIMESTAMPTZ(3),
  "decided_at" TIMESTAMPTZ(3),
  CONSTRAINT "payment_check_pkey" PRIMARY KEY ("payment_id"),
  CONSTRAINT "payment_check_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "payment_check_check_id_key" ON "payment_check"("check_id");
CREATE UNIQUE INDEX "payment_check_case_id_key" ON "payment_check"("case_id");
CREATE INDEX "payment_check_payer_id_payee_id_idx" ON "payment_check"("payer_id", "payee_id");
CREATE INDEX "payment_check_payer_id_opened_at_idx" ON "payment_check"("payer_id", "opened_at");
-- What recovery still has to hand over.
CREATE INDEX "payment_check_not_acknowledged" ON "payment_check"("opened_at") WHERE "acknowledged_at" IS NULL AND "case_id" IS NOT NULL;
-- Codes that are awaited now.
CREATE INDEX "payment_check_awaited" ON "payment_check"("call_code") WHERE "call_code" IS NOT NULL;

-- What the payer and the agent write to each other.
CREATE TABLE "case_message" (
  "id" BIGSERIAL NOT NULL,
  "case_id" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
  "author" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  CONSTRAINT "case_message_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "case_message_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "case_message_case_id_id_idx" ON "case_message"("case_id", "id");

-- The questions that lead an agent to the likely scam; each change is a new version.
CREATE TABLE "scam_playbook" (
  "version" SERIAL NOT NULL,
  "body" JSONB NOT NULL,
  "created_by" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "scam_playbook_pkey" PRIMARY KEY ("version")
);
