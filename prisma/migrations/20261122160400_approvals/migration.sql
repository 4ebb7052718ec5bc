-- What one person alone may not do: who asked, who decided.
CREATE TABLE "approval" (
    "id" TEXT NOT NULL,
    "request_key" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "amount" BIGINT,
    "currency" TEXT,
    "request_reason" TEXT NOT NULL,
    "requested_by" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "needed" INTEGER NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "outcome" TEXT,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "approval_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "approval_request_key_key" ON "approval"("request_key");
CREATE INDEX "approval_case_id_idx" ON "approval"("case_id");
CREATE INDEX "approval_requested_at_id_idx" ON "approval"("requested_at", "id");
-- The queue where approvers work.
CREATE INDEX "approval_open" ON "approval"("expires_at") WHERE "outcome" IS NULL;
ALTER TABLE "approval" ADD CONSTRAINT "approval_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "approval_vote" (
    "approval_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "vote" TEXT NOT NULL,
    "reason" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_vote_pkey" PRIMARY KEY ("approval_id","user_id")
);
ALTER TABLE "approval_vote" ADD CONSTRAINT "approval_vote_approval_id_fkey" FOREIGN KEY ("approval_id") REFERENCES "approval"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Not every instruction is about the whole payment, and not every one is given by the case's own workflow.
ALTER TABLE "money_action" ADD COLUMN "amount" BIGINT;
ALTER TABLE "money_action" ADD COLUMN "currency" TEXT;
ALTER TABLE "money_action" ADD COLUMN "workflow_id" TEXT;
