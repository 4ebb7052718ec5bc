-- A case may be of another kind than a callback: an answer reminder, a dispute, help with a transfer, a disclosure.
ALTER TABLE "risk_case" ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'callback';
ALTER TABLE "risk_case" ADD COLUMN "workflow_id" TEXT;

-- At most one open callback per payer; of the other kinds a payer may have several.
DROP INDEX "risk_case_one_open_per_payer";
CREATE UNIQUE INDEX "risk_case_one_open_per_payer" ON "risk_case"("payer_id") WHERE "status" <> 'closed' AND "kind" = 'callback';

-- Only a callback owes a first ring.
DROP INDEX "risk_case_not_rung";
CREATE INDEX "risk_case_not_rung" ON "risk_case"("deadline") WHERE "first_ring_at" IS NULL AND "status" <> 'closed' AND "kind" = 'callback';

CREATE INDEX "risk_case_kind_status_opened_at_idx" ON "risk_case"("kind", "status", "opened_at");

-- Money may move for a payment that nobody flagged, such as a disputed one.
ALTER TABLE "money_action" DROP CONSTRAINT "money_action_payment_id_fkey";
