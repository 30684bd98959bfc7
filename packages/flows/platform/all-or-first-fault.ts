/** Waits for all of them, then throws the first fault: nothing goes on working behind the back of who tries again. */
export async function allOrFirstFault(work: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  const fault = results.find((result) => result.status === "rejected");
  if (fault !== undefined) throw fault.reason;
}
