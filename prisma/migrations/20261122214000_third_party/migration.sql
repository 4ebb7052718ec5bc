-- Somebody whom an agent adds to a talk by telephone: an intent of its own, which rings once.
CREATE TABLE "third_party" (
    "id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "attempt_id" TEXT NOT NULL,
    "agent_id" TEXT NOT NULL,
    "entry_id" TEXT,
    "name" JSONB,
    "phone" TEXT NOT NULL,
    "from_number" TEXT,
    "script" TEXT NOT NULL,
    "call_sid" TEXT,
    "status" TEXT NOT NULL DEFAULT 'intended',
    "outcome" TEXT,
    "answered_by" TEXT,
    "error_code" TEXT,
    "intended_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "asked_at" TIMESTAMPTZ(3),
    "joined_at" TIMESTAMPTZ(3),
    "dropped_at" TIMESTAMPTZ(3),
    "left_together_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "consent_at" TIMESTAMPTZ(3),
    CONSTRAINT "third_party_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "third_party_call_sid_key" ON "third_party"("call_sid");
CREATE INDEX "third_party_case_id_intended_at_idx" ON "third_party"("case_id", "intended_at");
CREATE INDEX "third_party_attempt_id_idx" ON "third_party"("attempt_id");
CREATE INDEX "third_party_phone_intended_at_idx" ON "third_party"("phone", "intended_at");
CREATE UNIQUE INDEX "third_party_one_open_per_case" ON "third_party"("case_id") WHERE "ended_at" IS NULL;
ALTER TABLE "third_party" ADD CONSTRAINT "third_party_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
