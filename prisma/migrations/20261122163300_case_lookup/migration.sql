-- What a search finds a case by, apart from the case itself: a case's row changes often, these terms hardly ever.
-- A term is a word of the payer's name in small letters (of a Chinese name also each of its ends), the payer's id,
-- or '#' and the digits of a phone number backwards, so that the last digits are the beginning of the term.
CREATE TABLE "case_lookup" (
    "case_id" TEXT NOT NULL,
    "term" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "case_lookup_pkey" PRIMARY KEY ("case_id","term")
);
ALTER TABLE "case_lookup" ADD CONSTRAINT "case_lookup_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "risk_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- All that a search needs: the case's row is read only for those on the page.
CREATE INDEX "case_lookup_term" ON "case_lookup"("term" text_pattern_ops, "opened_at", "case_id");

CREATE FUNCTION case_terms(payer_id text, payer jsonb) RETURNS SETOF text LANGUAGE sql IMMUTABLE AS $$
  SELECT left(lower(payer_id), 200)
  UNION SELECT left(word, 200) FROM unnest(regexp_split_to_array(lower(coalesce(payer->>'name', '')), '\s+')) AS word WHERE word <> ''
  UNION SELECT substr(word, start, 20)
    FROM unnest(regexp_split_to_array(coalesce(payer->>'name', ''), '\s+')) AS word, generate_series(2, least(length(word), 20)) AS start
    WHERE word ~ '^[\u3400-\u9fff]'
  UNION SELECT '#' || reverse(regexp_replace(phone, '\D', '', 'g'))
    FROM jsonb_array_elements_text(CASE jsonb_typeof(payer->'phones') WHEN 'array' THEN payer->'phones' ELSE '[]' END) AS phone
    WHERE phone ~ '\d'
$$;

CREATE FUNCTION case_to_lookup() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM "case_lookup" WHERE case_id = NEW.id;
  END IF;
  INSERT INTO "case_lookup" ("case_id", "term", "opened_at") SELECT NEW.id, term, NEW.opened_at FROM case_terms(NEW.payer_id, NEW.payer) AS term;
  RETURN NULL;
END $$;
CREATE TRIGGER case_to_lookup AFTER INSERT OR UPDATE OF "payer" ON "risk_case" FOR EACH ROW EXECUTE FUNCTION case_to_lookup();

INSERT INTO "case_lookup" ("case_id", "term", "opened_at") SELECT c.id, term, c.opened_at FROM "risk_case" c, case_terms(c.payer_id, c.payer) AS term;

-- Written once each, when the case is closed or the row is made; docs/searching.md says what each is for.
CREATE INDEX "risk_case_outcome" ON "risk_case"("outcome", "opened_at") WHERE "outcome" IS NOT NULL;
CREATE INDEX "risk_case_agent" ON "risk_case"("agent_id") WHERE "agent_id" IS NOT NULL;
CREATE INDEX "attempt_phone_backwards" ON "attempt"(reverse("phone") text_pattern_ops);
CREATE INDEX "offer_accepted" ON "offer"("agent_id") WHERE "status" = 'accepted';
CREATE INDEX "flagged_payment_amount" ON "flagged_payment"("amount");
CREATE INDEX "flagged_payment_verdict" ON "flagged_payment"("verdict") WHERE "verdict" IS NOT NULL;
CREATE INDEX "flagged_payment_id_prefix" ON "flagged_payment"("id" text_pattern_ops);

-- A search that is worth doing again, of one person's own or shown to all who search.
CREATE TABLE "saved_filter" (
    "id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_filter_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "saved_filter_owner_id_name_key" ON "saved_filter"("owner_id", "name");
ALTER TABLE "saved_filter" ADD CONSTRAINT "saved_filter_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "staff_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
