/** Other writers kept changing the same records. Nothing of this attempt is stored: the same may be tried again. */
export class ContentionError extends Error {
  override readonly name: string = "ContentionError";
}

/** More requests wait than are taken in. Nothing of this one is stored: the same may be tried again. */
export class CrowdedError extends ContentionError {
  override readonly name = "CrowdedError";
  /** When those who wait will be done, seconds from now, at least 1. */
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
