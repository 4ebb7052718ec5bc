-- A call that one agent hands over to another while the payer stays on the line.
CREATE TABLE "warm_transfer" (
    "id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "from_agent_id" TEXT NOT NULL,
    "wanted_agent_id" TEXT,
    "to_agent_id" TEXT,
    "note" TEXT,
    "state" TEXT NOT NULL DEFAULT 'offered',
    "asked" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    CONSTRAINT "warm_transfer_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "warm_transfer_case_id_idx" ON "warm_transfer"("case_id");
CREATE UNIQUE INDEX "warm_transfer_one_open_per_case" ON "warm_transfer"("case_id") WHERE "ended_at" IS NULL;
ALTER TABLE "warm_transfer" ADD CONSTRAINT "warm_transfer_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Set when an offer is of a call that another agent hands over.
ALTER TABLE "offer" ADD COLUMN "transfer_id" TEXT;
