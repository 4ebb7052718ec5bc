-- The wallboard counts the promises of the last hours, again and again.
CREATE INDEX "flagged_payment_flagged_at_idx" ON "flagged_payment"("flagged_at");
