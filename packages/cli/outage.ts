import { isUnreachable } from "@regulars/functions/api/http/outage";
import { systemReason } from "@regulars/local/engine/system-reasons";

/** One line about an outage of the environment and its remedy; `undefined` for errors in the program itself. */
export function describeOutage(error: unknown): string | undefined {
  if (isUnreachable(error))
    return "the database stopped answering in the middle of the work. What was saved is safe: run the same command again, and it does the rest";
  if (!(error instanceof Error)) return undefined;
  const reason = systemReason(error);
  return reason === undefined ? undefined : `${"path" in error ? String(error.path) : "a file"}: ${reason}`;
}
