import { isRecord } from "@regulars/core/platform/is-record";
import { TryLaterError } from "@regulars/core/platform/try-later-error";
import { UnknownOutcomeError } from "@regulars/core/platform/unknown-outcome-error";
import type { SlackAnswer, SlackApi } from "@regulars/core/slack/slack-api";

const TIMEOUT_MS = 10_000;
const DEFAULT_RETRY_MS = 30_000;
const DEFAULT_URL = "https://slack.com/api/";

/**
 * Slack's Web API, one attempt of at most ten seconds a call. It knows no token: each call brings its tenant's. `apiUrl`
 * replaces Slack's base URL; it ends in "/api/".
 */
export function createSlackApi(apiUrl: string = DEFAULT_URL): SlackApi {
  return {
    call: async (method, values, token) => {
      const response = await asked(`${apiUrl}${method}`, formOf(values), token);
      if (response.status === 429) throw new TryLaterError("Slack takes no more for now", retryAfterMsOf(response));
      if (response.status >= 500)
        throw new UnknownOutcomeError(`Slack answers ${method} with ${response.status}: try again`);
      return answerOf(method, response);
    },
  };
}

/** No connection is a plain failure; no answer in time, or one that breaks off, leaves open what was done. */
async function asked(url: string, body: URLSearchParams, token: string | undefined): Promise<Response> {
  const method = url.slice(url.lastIndexOf("/") + 1);
  try {
    return await fetch(url, {
      method: "POST",
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      body,
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    if (cause instanceof Error && "code" in cause && isNeverSent(cause.code))
      throw new Error(`Slack cannot be reached for ${method}: ${cause.message}`, { cause: error });
    throw new UnknownOutcomeError(`Slack gave no answer to ${method}`, { cause: error });
  }
}

const isNeverSent = (code: unknown): boolean =>
  code === "ECONNREFUSED" || code === "ENOTFOUND" || code === "EAI_AGAIN" || code === "UND_ERR_CONNECT_TIMEOUT";

function retryAfterMsOf(response: Response): number {
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : DEFAULT_RETRY_MS;
}

async function answerOf(method: string, response: Response): Promise<SlackAnswer> {
  const answer = await response.json().catch((error: unknown) => {
    throw new UnknownOutcomeError(`Slack answered ${method} with something that is not JSON`, { cause: error });
  });
  if (isRecord(answer) && answer["ok"] === true) return { ...answer, ok: true };
  const error = isRecord(answer) && typeof answer["error"] === "string" ? answer["error"] : `status ${response.status}`;
  if (UNSURE.has(error)) throw new UnknownOutcomeError(`Slack answers ${method} with ${error}: try again`);
  return { ok: false, error };
}

/** Slack's own faults: it says of each that some of the call may have been carried out. */
const UNSURE = new Set(["internal_error", "fatal_error", "service_unavailable"]);

/** As a form, which every method takes: lists and objects are JSON texts, what is undefined is left out. */
function formOf(values: Readonly<Record<string, unknown>>): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== undefined) form.set(name, typeof value === "string" ? value : JSON.stringify(value));
  return form;
}
