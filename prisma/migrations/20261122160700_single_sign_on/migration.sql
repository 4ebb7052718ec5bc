-- People may come from an identity provider, and then have no password with us.
ALTER TABLE "staff_user" ALTER COLUMN "password_hash" DROP NOT NULL,
ADD COLUMN     "sso_issuer" TEXT,
ADD COLUMN     "sso_subject" TEXT;

CREATE UNIQUE INDEX "staff_user_sso_issuer_sso_subject_key" ON "staff_user"("sso_issuer", "sso_subject");
