-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "policy" (
    "version" SERIAL NOT NULL,
    "body" JSONB NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "risk_case" (
    "id" TEXT NOT NULL,
    "payer_id" TEXT NOT NULL,
    "payer" JSONB NOT NULL,
    "locale" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'received',
    "outcome" TEXT,
    "priority" INTEGER NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "agent_id" TEXT,
    "needs_person" BOOLEAN NOT NULL DEFAULT false,
    "waiting_since" TIMESTAMPTZ(3),
    "excluded_agents" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "deadline" TIMESTAMPTZ(3) NOT NULL,
    "first_ring_at" TIMESTAMPTZ(3),
    "needs_attention" TEXT,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "risk_case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "flagged_payment" (
    "id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "score" INTEGER NOT NULL,
    "paid_at" TIMESTAMPTZ(3) NOT NULL,
    "flagged_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deadline" TIMESTAMPTZ(3) NOT NULL,
    "late" BOOLEAN NOT NULL DEFAULT false,
    "predicted_ring_at" TIMESTAMPTZ(3) NOT NULL,
    "rang_at" TIMESTAMPTZ(3),
    "breach_step" TEXT,
    "acknowledged_at" TIMESTAMPTZ(3),
    "verdict" TEXT,
    "scam_type" TEXT,
    "verdict_by" TEXT,
    "verdict_notes" TEXT,
    "verdict_at" TIMESTAMPTZ(3),
    "decision" TEXT NOT NULL DEFAULT 'undecided',
    "funds_state" TEXT NOT NULL DEFAULT 'none',

    CONSTRAINT "flagged_payment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempt" (
    "id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "phone" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "agent_id" TEXT,
    "call_sid" TEXT,
    "status" TEXT NOT NULL DEFAULT 'intended',
    "outcome" TEXT,
    "answered_by" TEXT,
    "reason" TEXT,
    "intended_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "asked_at" TIMESTAMPTZ(3),
    "requested_at" TIMESTAMPTZ(3),
    "rang_at" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),
    "contact_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "queue_millis" INTEGER,
    "error_code" TEXT,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "call_webhook" (
    "id" BIGSERIAL NOT NULL,
    "attempt_id" TEXT NOT NULL,
    "call_sid" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "form" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "call_webhook_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "offer" (
    "id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "agent_id" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "offer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "money_action" (
    "key" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "payment_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'requested',
    "reason" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmed_at" TIMESTAMPTZ(3),
    "ledger_entry" TEXT,
    "detail" TEXT,

    CONSTRAINT "money_action_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "case_event" (
    "id" BIGSERIAL NOT NULL,
    "case_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "actor" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "case_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_note" (
    "case_id" TEXT NOT NULL,
    "agent_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "case_note_pkey" PRIMARY KEY ("case_id","agent_id")
);

-- CreateTable
CREATE TABLE "staff_user" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "languages" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "skills" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staff_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "presence" (
    "user_id" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'offline',
    "reason" TEXT,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_until" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "case_id" TEXT,
    "wrap_up_until" TIMESTAMPTZ(3),
    "next" TEXT NOT NULL DEFAULT 'available',

    CONSTRAINT "presence_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbound_event" (
    "id" TEXT NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "case_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbound_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "lane" INTEGER NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "prev_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("lane","seq")
);

-- CreateTable
CREATE TABLE "audit_head" (
    "lane" INTEGER NOT NULL,
    "seq" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("lane")
);

-- CreateTable
CREATE TABLE "session" (
    "sid" VARCHAR NOT NULL,
    "sess" JSON NOT NULL,
    "expire" TIMESTAMP(6) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("sid")
);

-- CreateIndex
CREATE INDEX "risk_case_status_opened_at_idx" ON "risk_case"("status", "opened_at");

-- CreateIndex
CREATE INDEX "risk_case_payer_id_opened_at_idx" ON "risk_case"("payer_id", "opened_at");

-- CreateIndex
CREATE INDEX "risk_case_opened_at_id_idx" ON "risk_case"("opened_at", "id");

-- CreateIndex
CREATE INDEX "flagged_payment_case_id_idx" ON "flagged_payment"("case_id");

-- CreateIndex
CREATE UNIQUE INDEX "attempt_call_sid_key" ON "attempt"("call_sid");

-- CreateIndex
CREATE INDEX "attempt_phone_intended_at_idx" ON "attempt"("phone", "intended_at");

-- CreateIndex
CREATE UNIQUE INDEX "attempt_case_id_number_key" ON "attempt"("case_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "call_webhook_attempt_id_key_key" ON "call_webhook"("attempt_id", "key");

-- CreateIndex
CREATE INDEX "offer_case_id_idx" ON "offer"("case_id");

-- CreateIndex
CREATE INDEX "money_action_case_id_idx" ON "money_action"("case_id");

-- CreateIndex
CREATE INDEX "money_action_payment_id_idx" ON "money_action"("payment_id");

-- CreateIndex
CREATE INDEX "case_event_case_id_id_idx" ON "case_event"("case_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "staff_user_email_key" ON "staff_user"("email");

-- CreateIndex
CREATE INDEX "presence_status_since_idx" ON "presence"("status", "since");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "outbound_event_position_key" ON "outbound_event"("position");

-- CreateIndex
CREATE INDEX "outbound_event_status_next_at_idx" ON "outbound_event"("status", "next_at");

-- CreateIndex
CREATE INDEX "outbound_event_case_id_position_idx" ON "outbound_event"("case_id", "position");

-- CreateIndex
CREATE INDEX "audit_entry_subject_at_idx" ON "audit_entry"("subject", "at");

-- CreateIndex
CREATE INDEX "session_expire_idx" ON "session"("expire");

-- AddForeignKey
ALTER TABLE "flagged_payment" ADD CONSTRAINT "flagged_payment_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_webhook" ADD CONSTRAINT "call_webhook_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offer" ADD CONSTRAINT "offer_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "money_action" ADD CONSTRAINT "money_action_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "money_action" ADD CONSTRAINT "money_action_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "flagged_payment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_event" ADD CONSTRAINT "case_event_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_note" ADD CONSTRAINT "case_note_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "presence" ADD CONSTRAINT "presence_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "staff_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- At most one open case per payer: a later flag joins it.
CREATE UNIQUE INDEX "risk_case_one_open_per_payer" ON "risk_case"("payer_id") WHERE "status" <> 'closed';

-- The queue of cases that wait for an agent.
CREATE INDEX "risk_case_waiting" ON "risk_case"("priority" DESC, "deadline") WHERE "waiting_since" IS NOT NULL;

-- One open offer per case, and one per agent.
CREATE UNIQUE INDEX "offer_one_open_per_case" ON "offer"("case_id") WHERE "status" = 'pending';
CREATE UNIQUE INDEX "offer_one_open_per_agent" ON "offer"("agent_id") WHERE "status" = 'pending';

-- What recovery looks for: flags that Temporal never acknowledged.
CREATE INDEX "flagged_payment_unacknowledged" ON "flagged_payment"("flagged_at") WHERE "acknowledged_at" IS NULL;

-- Cases whose first ring is still owed: the backlog behind a predicted ring.
CREATE INDEX "risk_case_not_rung" ON "risk_case"("deadline") WHERE "first_ring_at" IS NULL AND "status" <> 'closed';
