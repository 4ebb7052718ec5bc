-- A dispute of one payment, which somebody may have flagged or nobody: one for each payment, for ever.
CREATE TABLE "dispute" (
    "case_id" TEXT NOT NULL,
    "payment_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "statement" TEXT,
    "facts" JSONB NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "profile" TEXT NOT NULL,
    "opened_by" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "take_up_by" TIMESTAMPTZ(3) NOT NULL,
    "decide_by" TIMESTAMPTZ(3) NOT NULL,
    "final_by" TIMESTAMPTZ(3) NOT NULL,
    "handler_id" TEXT,
    "taken_up_at" TIMESTAMPTZ(3),
    "decision" TEXT,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "decision_reason" TEXT,
    "appeal_by" TIMESTAMPTZ(3),
    "appealed_at" TIMESTAMPTZ(3),
    "appeal_reason" TEXT,
    "handed_over_at" TIMESTAMPTZ(3),

    CONSTRAINT "dispute_pkey" PRIMARY KEY ("case_id")
);
CREATE UNIQUE INDEX "dispute_payment_id_key" ON "dispute"("payment_id");
CREATE INDEX "dispute_decide_by_idx" ON "dispute"("decide_by");
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "dispute_task" (
    "case_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "finding" TEXT,
    "result" TEXT,
    "done_by" TEXT,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "dispute_task_pkey" PRIMARY KEY ("case_id","kind")
);
ALTER TABLE "dispute_task" ADD CONSTRAINT "dispute_task_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "dispute"("case_id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "dispute_file" (
    "id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "added_by" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dispute_file_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "dispute_file_case_id_sha256_key" ON "dispute_file"("case_id", "sha256");
ALTER TABLE "dispute_file" ADD CONSTRAINT "dispute_file_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "dispute"("case_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the payer was told unasked, one row for each step of a case.
CREATE TABLE "payer_message" (
    "case_id" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "payment_id" TEXT NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "texted_at" TIMESTAMPTZ(3),

    CONSTRAINT "payer_message_pkey" PRIMARY KEY ("case_id","step","payment_id")
);
ALTER TABLE "payer_message" ADD CONSTRAINT "payer_message_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Full compensation: opened by a verdict, at most one for each payment.
CREATE TABLE "compensation_claim" (
    "payment_id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "opened_by" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "compensation_claim_pkey" PRIMARY KEY ("payment_id")
);
CREATE INDEX "compensation_claim_case_id_idx" ON "compensation_claim"("case_id");
ALTER TABLE "compensation_claim" ADD CONSTRAINT "compensation_claim_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
