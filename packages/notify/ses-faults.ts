import { FinalRefusalError } from "@regulars/core/platform/final-refusal-error";
import { TryLaterError } from "@regulars/core/platform/try-later-error";
import { UnknownOutcomeError } from "@regulars/core/platform/unknown-outcome-error";

/** A second's share of the account is free again soon; a day's is not. */
const RATE_PAUSE_MS = 2_000;
const DAY_PAUSE_MS = 3_600_000;

const THROTTLED = /^(?:Throttling|ThrottlingException|TooManyRequestsException|LimitExceededException)$/;
const OF_THE_DAY = /daily/i;
/** SES looked at the message and refuses it. */
const REJECTED = new Set(["MessageRejected", "InvalidParameterValue"]);
/** The request never left: SES cannot have taken the message. */
const NOT_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

const memberOf = (error: Error, name: string): unknown => Reflect.get(error, name);

function statusOf(error: Error): number | undefined {
  const metadata = memberOf(error, "$metadata");
  if (typeof metadata !== "object" || metadata === null) return undefined;
  const status: unknown = Reflect.get(metadata, "httpStatusCode");
  return typeof status === "number" ? status : undefined;
}

/**
 * What an error of SES means for its message: sent later, never, again, or again with a mark, because without an answer
 * SES may have taken it. `random` is in [0, 1): who was throttled together does not come back together.
 */
export function mailFault(error: unknown, random: () => number): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message } = error;
  const jittered = (ms: number): number => Math.round(ms * (1 + random()));
  if (THROTTLED.test(name) || /sending rate exceeded/i.test(message))
    return new TryLaterError(
      `SES takes no more for now: ${message}`,
      jittered(OF_THE_DAY.test(message) ? DAY_PAUSE_MS : RATE_PAUSE_MS),
      "mail",
    );
  if (REJECTED.has(name)) return new FinalRefusalError(`SES refuses the message: ${message}`, { cause: error });
  const status = statusOf(error);
  const code = memberOf(error, "code");
  if ((status !== undefined && status >= 400 && status < 500) || (typeof code === "string" && NOT_SENT.has(code)))
    return error;
  return new UnknownOutcomeError(`SES gave no answer, and may have taken the message: ${message}`, { cause: error });
}
