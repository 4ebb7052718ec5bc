-- The first active queue by position whose criteria a case meets; what concerns payments, one payment must meet alone.
CREATE FUNCTION queue_for(c "risk_case") RETURNS text LANGUAGE sql STABLE AS $$
  SELECT q.id FROM "queue" q
  WHERE q.active AND (q.kinds = '{}' OR c.kind = ANY(q.kinds)) AND (q.languages = '{}' OR split_part(c.locale, '-', 1) = ANY(q.languages))
    AND ((q.methods = '{}' AND num_nonnulls(q.currency, q.score_from, q.score_below) = 0) OR EXISTS (
      SELECT 1 FROM "flagged_payment" p WHERE p.case_id = c.id AND (q.methods = '{}' OR p.body->>'method' = ANY(q.methods))
        AND (q.currency IS NULL OR p.currency = q.currency)
        AND p.amount >= coalesce(q.amount_from, 0) AND (q.amount_below IS NULL OR p.amount < q.amount_below)
        AND p.score >= coalesce(q.score_from, 0) AND (q.score_below IS NULL OR p.score < q.score_below)))
  ORDER BY q.position, q.id LIMIT 1
$$;
