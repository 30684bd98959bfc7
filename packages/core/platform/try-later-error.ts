/** A message sender's receiver said when to try again: not counted as a failure of the message. */
export class TryLaterError extends Error {
  override readonly name = "TryLaterError";
  readonly retryAfterMs: number;

  constructor(message: string, retryAfterMs: number) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}
