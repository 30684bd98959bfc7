/** Nobody knows whether the receiver took the message: the answer was lost, or none came in time. */
export class UnknownOutcomeError extends Error {
  override readonly name = "UnknownOutcomeError";
}
