-- What was said in a recorded call, line by line, as the telephone provider has understood it.
CREATE TABLE "transcript_line" (
    "transcription_sid" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "attempt_id" TEXT NOT NULL,
    "speaker" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "confidence" DOUBLE PRECISION,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "transcript_line_pkey" PRIMARY KEY ("transcription_sid", "sequence")
);
ALTER TABLE "transcript_line" ADD CONSTRAINT "transcript_line_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "recording"("attempt_id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "transcript_line_attempt_id_at_idx" ON "transcript_line"("attempt_id", "at");

-- The session that is under way; null while none is.
ALTER TABLE "recording" ADD COLUMN "transcription_sid" TEXT;
