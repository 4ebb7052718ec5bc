-- Why a person must look at a case: a reason and its facts, which each reader is told in their own language.
ALTER TABLE "risk_case" ALTER COLUMN "needs_attention" TYPE JSONB USING NULL;
