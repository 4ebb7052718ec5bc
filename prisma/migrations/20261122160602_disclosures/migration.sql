-- CreateTable
CREATE TABLE "disclosure" (
    "case_id" TEXT NOT NULL,
    "authority" TEXT NOT NULL,
    "officer" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "persons" TEXT[],
    "fields" TEXT[],
    "period_from" TIMESTAMPTZ(3) NOT NULL,
    "period_until" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "inform_at" TIMESTAMPTZ(3),
    "document_name" TEXT,
    "document_type" TEXT,
    "document" BYTEA,
    "document_sha256" TEXT,
    "requested_by" TEXT NOT NULL,
    "refusal" TEXT,
    "package" BYTEA,
    "package_sha256" TEXT,
    "package_expires_at" TIMESTAMPTZ(3),
    "informed_at" TIMESTAMPTZ(3),

    CONSTRAINT "disclosure_pkey" PRIMARY KEY ("case_id")
);

-- CreateTable
CREATE TABLE "disclosure_link" (
    "token_hash" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "made_by" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "disclosure_link_pkey" PRIMARY KEY ("token_hash")
);

-- CreateIndex
CREATE INDEX "disclosure_link_case_id_idx" ON "disclosure_link"("case_id");

-- AddForeignKey
ALTER TABLE "disclosure" ADD CONSTRAINT "disclosure_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "disclosure_link" ADD CONSTRAINT "disclosure_link_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "disclosure"("case_id") ON DELETE RESTRICT ON UPDATE CASCADE;
