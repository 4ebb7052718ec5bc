-- Help after a transfer that went wrong; how much is held and has come back is in money_action.
CREATE TABLE "transfer_help" (
    "case_id" TEXT NOT NULL,
    "transfer_id" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "transferred_at" TIMESTAMPTZ(3) NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "payee_id" TEXT NOT NULL,
    "payee" JSONB NOT NULL,
    "opened_by" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "handed_over_at" TIMESTAMPTZ(3),
    "handler_id" TEXT,
    "hold_until" TIMESTAMPTZ(3),
    "answer" TEXT,
    "answer_amount" BIGINT,
    "answer_instalments" INTEGER,
    "answer_reason" TEXT,
    "answered_by" TEXT,
    "answered_at" TIMESTAMPTZ(3),
    "proposal" JSONB,
    "payer_agrees" BOOLEAN,
    "payee_agrees" BOOLEAN,
    "mediation" TEXT,

    CONSTRAINT "transfer_help_pkey" PRIMARY KEY ("case_id")
);
CREATE UNIQUE INDEX "transfer_help_transfer_id_key" ON "transfer_help"("transfer_id");
CREATE INDEX "transfer_help_payee_id_idx" ON "transfer_help"("payee_id");
CREATE INDEX "transfer_help_opened_at_idx" ON "transfer_help"("opened_at");
ALTER TABLE "transfer_help" ADD CONSTRAINT "transfer_help_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The parts in which money comes back; a second agreement is another round.
CREATE TABLE "help_instalment" (
    "case_id" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "amount" BIGINT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'due',

    CONSTRAINT "help_instalment_pkey" PRIMARY KEY ("case_id","round","number")
);
ALTER TABLE "help_instalment" ADD CONSTRAINT "help_instalment_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "transfer_help"("case_id") ON DELETE RESTRICT ON UPDATE CASCADE;
