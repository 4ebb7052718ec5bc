-- A supervisor in somebody else's call: muted, heard by the agent alone, or heard by all.
CREATE TABLE "monitoring" (
    "id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "supervisor_id" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "call_sid" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    CONSTRAINT "monitoring_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "monitoring_case_id_idx" ON "monitoring"("case_id");
CREATE UNIQUE INDEX "monitoring_one_open_per_supervisor" ON "monitoring"("supervisor_id") WHERE "ended_at" IS NULL;
ALTER TABLE "monitoring" ADD CONSTRAINT "monitoring_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- An agent in a call who wants a supervisor.
CREATE TABLE "help_request" (
    "id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "agent_id" TEXT NOT NULL,
    "reason" TEXT,
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "supervisor_id" TEXT,
    "answered_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    CONSTRAINT "help_request_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "help_request_case_id_idx" ON "help_request"("case_id");
CREATE UNIQUE INDEX "help_request_one_open_per_case" ON "help_request"("case_id") WHERE "ended_at" IS NULL;
ALTER TABLE "help_request" ADD CONSTRAINT "help_request_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A wrap-up may be made longer once.
ALTER TABLE "presence" ADD COLUMN "wrap_up_extended" BOOLEAN NOT NULL DEFAULT false;
