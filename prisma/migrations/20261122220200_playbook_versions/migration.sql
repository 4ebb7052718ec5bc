-- The scam playbook is arranged like scripts and queues: one table of versions, with who and when.
INSERT INTO "arrangement_version" ("kind", "subject", "version", "body", "created_by", "created_at")
SELECT 'playbook', 'scams', "version", "body", "created_by", "created_at" FROM "scam_playbook";
DROP TABLE "scam_playbook";
