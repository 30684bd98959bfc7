import { ContentionError } from "@regulars/core/platform/contention-error";
import { UnreadableRowError } from "@regulars/core/platform/unreadable-row";
import { databaseOutage, isUnreachable } from "@regulars/functions/outage";
import { systemReason } from "@regulars/local/engine/system-reasons";
import { JobFailedError } from "./system/jobs-done.ts";

const GOES_ON = "What was saved is safe: run the same command again, and it does the rest";

/**
 * One line about an outage of the environment, or a stored row that cannot be read, and its remedy; `undefined` for errors
 * in the program itself.
 */
export function describeOutage(error: unknown): string | undefined {
  if (isUnreachable(error)) return `the database stopped answering in the middle of the work. ${GOES_ON}`;
  if (!(error instanceof Error)) return undefined;
  if (error instanceof JobFailedError || error instanceof UnreadableRowError) return error.message;
  if (error instanceof ContentionError)
    return `the database is overloaded, or others kept writing the same. ${GOES_ON}`;
  const outage = databaseOutage(error);
  if (outage !== undefined) return `${outage}. ${GOES_ON}`;
  const reason = systemReason(error);
  return reason === undefined ? undefined : `${"path" in error ? String(error.path) : "a file"}: ${reason}`;
}
