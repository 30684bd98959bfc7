/** How long a client of AWS waits, and how often it tries. */
export interface Patience {
  /** For a connection, ms. */
  readonly connectMs: number;
  /** For an answer, ms. */
  readonly answerMs: number;
  /** Times that a request is sent before its failure is told. */
  readonly attempts: number;
  /** Times that what was throttled, or was in the way of other writers, is written again. */
  readonly rounds: number;
  /** Waits so many milliseconds between them; default: by a timer. */
  readonly wait?: ((ms: number) => Promise<void>) | undefined;
}

/** For requests that somebody waits for: they are answered 503 with Retry-After in less than half of the API's time. */
export const forPeople: Patience = { connectMs: 1_000, answerMs: 3_000, attempts: 3, rounds: 10 };

/** For jobs: a minute of throttling is waited for, and a longer one leaves the job's message to its queue. */
export const forJobs: Patience = { connectMs: 1_000, answerMs: 5_000, attempts: 8, rounds: 100 };

/** The part of a client's settings that is its patience. A client without it waits for ever for a dead connection. */
export const clientPatience = ({ connectMs, answerMs, attempts }: Patience) => ({
  requestHandler: { connectionTimeout: connectMs, requestTimeout: answerMs, throwOnRequestTimeout: true },
  maxAttempts: attempts,
});
