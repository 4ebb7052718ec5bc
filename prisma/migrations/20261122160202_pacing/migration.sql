-- When the payer's leg came into the talk: from then on somebody must be there within two seconds.
ALTER TABLE "attempt" ADD COLUMN "payer_joined_at" TIMESTAMPTZ(3);

-- What the measure of abandoned calls looks over.
CREATE INDEX "attempt_payer_joined" ON "attempt"("payer_joined_at") WHERE "payer_joined_at" IS NOT NULL;
CREATE INDEX "attempt_customer_first_live" ON "attempt"("case_id") WHERE "mode" = 'customer_first' AND "status" <> 'ended';

-- Customer first, and the payer found nobody in time; judged when the call has ended.
ALTER TABLE "attempt" ADD COLUMN "abandoned" BOOLEAN NOT NULL DEFAULT false;
