-- Which version of the script a payer was guided by: its reference in place of its language alone.
UPDATE "guidance_follow_up" f SET "script" = coalesce(
  (SELECT a."script" FROM "attempt" a WHERE a."case_id" = f."case_id" AND a."script" IS NOT NULL AND a."intended_at" <= f."begun_at" ORDER BY a."number" DESC LIMIT 1),
  'callback/' || f."script" || '@0');
