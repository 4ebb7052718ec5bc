-- The desk shows whether the call is being recorded: a change is told as a change of the call.
CREATE TRIGGER live_recording AFTER INSERT OR UPDATE ON "recording" FOR EACH ROW EXECUTE FUNCTION live_attempt();
