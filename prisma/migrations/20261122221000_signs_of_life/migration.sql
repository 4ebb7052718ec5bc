-- A machine that loses its power closes no connection: the browser answers now and then that it is there.
ALTER TABLE "presence" ADD COLUMN "heard_at" TIMESTAMPTZ(3);
