-- A link by which somebody chooses their password themselves: one for an account at a time, for one use. Only its hash is kept.
CREATE TABLE "password_link" (
    "user_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "password_link_pkey" PRIMARY KEY ("user_id")
);
CREATE UNIQUE INDEX "password_link_hash_key" ON "password_link"("hash");
ALTER TABLE "password_link" ADD CONSTRAINT "password_link_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "staff_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A session that ends closes its event streams at once, at whichever process they are. Its id is a secret: its hash is told.
CREATE FUNCTION session_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('session', json_build_object('id', encode(sha256(convert_to(OLD.sid, 'UTF8')), 'hex'))::text);
  RETURN NULL;
END $$;
CREATE TRIGGER session_ended AFTER DELETE ON "session" FOR EACH ROW EXECUTE FUNCTION session_ended();
