-- When a program last called with its key, and from which address: whoever revokes the key sees whom it stops.
ALTER TABLE "api_key" ADD COLUMN "last_used_at" TIMESTAMPTZ(3);
ALTER TABLE "api_key" ADD COLUMN "last_used_from" TEXT;
