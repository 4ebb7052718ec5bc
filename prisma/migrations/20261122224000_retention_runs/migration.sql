-- Checks that never became a case are erased too; their ids and hashes stay, or the same question would be a new one.
ALTER TABLE "payment_check" ADD COLUMN "erased_at" TIMESTAMPTZ(3);
ALTER TABLE "transfer_check" ADD COLUMN "erased_at" TIMESTAMPTZ(3);

-- What each run of retention did.
CREATE TABLE "retention_run" (
    "id" TEXT NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "recordings" INTEGER NOT NULL DEFAULT 0,
    "cases" INTEGER NOT NULL DEFAULT 0,
    "payment_checks" INTEGER NOT NULL DEFAULT 0,
    "transfer_checks" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "retention_run_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "retention_run_started_at_idx" ON "retention_run"("started_at");

-- A portion finds what is due without reading a million rows.
CREATE INDEX "recording_due" ON "recording"("asked_at") WHERE deleted_at IS NULL;
CREATE INDEX "risk_case_due" ON "risk_case"("closed_at") WHERE erased_at IS NULL;
CREATE INDEX "payment_check_due" ON "payment_check"("opened_at") WHERE case_id IS NULL AND erased_at IS NULL;
CREATE INDEX "transfer_check_due" ON "transfer_check"("created_at") WHERE erased_at IS NULL;
