import middy from "@middy/core";
import type { Context } from "aws-lambda";
import type { Runtime } from "./runtime.ts";

/** The time that is left when an invocation is ended without its result, ms. */
const LAST_WORD_MS = 1_500;

/** Why what has begun did not end. */
export const OUT_OF_TIME = "the function's time is over";

/** What middy does around the work of every invocation. */
interface Carried<Event, Answer> {
  readonly runtime: Runtime;
  readonly work: (event: Event, context: Context) => Promise<Answer>;
  /** The answer when the function's time is almost over; it throws what cannot be answered. */
  readonly tooLate: () => Answer | Promise<Answer>;
}

/**
 * A Lambda handler: each line of the log has the invocation's id and trace, and before the function's time is over the
 * log says so, counted as a metric, instead of AWS ending the process without a word.
 */
export const carried = <Event, Answer>({ runtime, work, tooLate }: Carried<Event, Answer>) =>
  middy<Event, Answer>({
    timeoutEarlyInMillis: LAST_WORD_MS,
    timeoutEarlyResponse: () => {
      runtime.report("out of time", {});
      return tooLate();
    },
  })
    .before(({ context }) => {
      runtime.log.enter?.(context);
    })
    .handler((event: Event, context: Context) => work(event, context));
