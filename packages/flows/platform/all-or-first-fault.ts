/**
 * Waits for all promises, then throws the first error, so that no work continues in the background when the caller
 * retries.
 */
export async function allOrFirstFault(work: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  const fault = results.find((result) => result.status === "rejected");
  if (fault !== undefined) throw fault.reason;
}
