-- CreateTable
CREATE TABLE "guidance" (
    "case_id" TEXT NOT NULL,
    "advice" TEXT NOT NULL,
    "agreed" BOOLEAN NOT NULL,
    "agent_id" TEXT NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "guidance_pkey" PRIMARY KEY ("case_id","advice")
);

-- CreateTable
CREATE TABLE "guidance_follow_up" (
    "case_id" TEXT NOT NULL,
    "payer_id" TEXT NOT NULL,
    "agent_id" TEXT NOT NULL,
    "script" TEXT NOT NULL,
    "holes_before" TEXT[],
    "begun_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "messaged_at" TIMESTAMPTZ(3),
    "looked_at" TIMESTAMPTZ(3),
    "looks" INTEGER NOT NULL DEFAULT 0,
    "holes_now" TEXT[],

    CONSTRAINT "guidance_follow_up_pkey" PRIMARY KEY ("case_id")
);

-- CreateIndex
CREATE INDEX "guidance_follow_up_begun_at_idx" ON "guidance_follow_up"("begun_at");

-- AddForeignKey
ALTER TABLE "guidance" ADD CONSTRAINT "guidance_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guidance_follow_up" ADD CONSTRAINT "guidance_follow_up_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
