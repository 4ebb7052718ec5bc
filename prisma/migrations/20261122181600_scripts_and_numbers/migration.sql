-- What was said in a call, and from which number it was made.
ALTER TABLE "attempt" ADD COLUMN "script" TEXT, ADD COLUMN "from_number" TEXT;
