-- When the payer wants to be called; the funds stay held until then.
ALTER TABLE "risk_case" ADD COLUMN "appointment_at" TIMESTAMPTZ(3);
ALTER TABLE "risk_case" ADD COLUMN "appointment_made_at" TIMESTAMPTZ(3);
