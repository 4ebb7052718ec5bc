-- That the call is recorded was announced to the payer: when, and in which version of the words.
ALTER TABLE "attempt" ADD COLUMN "consent_at" TIMESTAMPTZ(3);
ALTER TABLE "attempt" ADD COLUMN "consent_wording" TEXT;

-- The recording of one call. The sound stays with the telephone provider.
CREATE TABLE "recording" (
    "attempt_id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "call_sid" TEXT NOT NULL,
    "recording_sid" TEXT,
    "status" TEXT NOT NULL DEFAULT 'asked',
    "channels" INTEGER NOT NULL DEFAULT 2,
    "seconds" INTEGER,
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "paused_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "recording_pkey" PRIMARY KEY ("attempt_id")
);
CREATE UNIQUE INDEX "recording_recording_sid_key" ON "recording"("recording_sid");
CREATE INDEX "recording_case_id_idx" ON "recording"("case_id");
CREATE INDEX "recording_to_delete" ON "recording"("asked_at") WHERE "deleted_at" IS NULL;
ALTER TABLE "recording" ADD CONSTRAINT "recording_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "recording" ADD CONSTRAINT "recording_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Nothing of a case under legal hold is deleted. Setting and lifting are events of the case.
CREATE TABLE "legal_hold" (
    "case_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "set_by" TEXT NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "legal_hold_pkey" PRIMARY KEY ("case_id")
);
ALTER TABLE "legal_hold" ADD CONSTRAINT "legal_hold_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- When the personal data of a case was erased, and where retention looks for cases whose time has come.
ALTER TABLE "risk_case" ADD COLUMN "erased_at" TIMESTAMPTZ(3);
CREATE INDEX "risk_case_to_erase" ON "risk_case"("closed_at") WHERE "closed_at" IS NOT NULL AND "erased_at" IS NULL;
