-- CreateTable
CREATE TABLE "transfer_check" (
    "id" TEXT NOT NULL,
    "body_hash" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "payer_id" TEXT NOT NULL,
    "payee_id" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "refusal" TEXT,
    "warnings" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "masked" TEXT,
    "missing_hash" BYTEA,
    "whole_hash" BYTEA,
    "policy_version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "transfer_check_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "name_try" (
    "id" BIGSERIAL NOT NULL,
    "transfer_id" TEXT NOT NULL,
    "payer_id" TEXT NOT NULL,
    "payee_id" TEXT NOT NULL,
    "right" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "name_try_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "transfer_check_payer_id_created_at_idx" ON "transfer_check"("payer_id", "created_at");

-- CreateIndex
CREATE INDEX "name_try_payer_id_at_idx" ON "name_try"("payer_id", "at");

-- CreateIndex
CREATE INDEX "name_try_payee_id_at_idx" ON "name_try"("payee_id", "at");

-- AddForeignKey
ALTER TABLE "name_try" ADD CONSTRAINT "name_try_transfer_id_fkey" FOREIGN KEY ("transfer_id") REFERENCES "transfer_check"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
