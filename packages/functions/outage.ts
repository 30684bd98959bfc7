const UNREACHABLE = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ETIMEDOUT",
]);
/** The database's own errors: it answers, but cannot work now. */
const UNABLE = new Set(["InternalServerError", "InternalFailure", "ServiceUnavailable"]);
const THROTTLED = new Set(["ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded"]);

/** Whether the error is a refused, reset or timed-out connection. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === "TimeoutError" || ("code" in error && UNREACHABLE.has(String(error.code)))) return true;
  return error instanceof AggregateError && error.errors.some(isUnreachable);
}

/** Why the database cannot do its work now, for people; `undefined` for errors that trying again does not mend. */
export function databaseOutage(error: Error): string | undefined {
  if (THROTTLED.has(error.name)) return "the database is overloaded";
  if (isUnreachable(error)) return "the database does not answer";
  return UNABLE.has(error.name) ? "the database cannot work now" : undefined;
}
