/** A message sender's receiver said when to try again: not counted as a failure of the message. */
export class TryLaterError extends Error {
  override readonly name = "TryLaterError";
  readonly retryAfterMs: number;
  /** Who takes no more: until then it takes no other message either. */
  readonly receiver: "mail" | "slack";

  constructor(message: string, retryAfterMs: number, receiver: "mail" | "slack" = "slack") {
    super(message);
    this.retryAfterMs = retryAfterMs;
    this.receiver = receiver;
  }
}
