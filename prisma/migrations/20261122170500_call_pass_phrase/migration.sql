-- Two words that the payer's app shows before the ring and that the agent says first.
ALTER TABLE "attempt" ADD COLUMN "pass_phrase" TEXT;
