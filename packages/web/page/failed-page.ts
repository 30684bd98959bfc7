import { databaseOutage } from "@regulars/functions/outage";
import { OUT_OF_TIME } from "@regulars/functions/carried";
import type { JobLog } from "@regulars/functions/reports/job-log";
import type { PageWords } from "@regulars/render/texts/page-words";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { pathAndQuery, refusedPage } from "./html-response.ts";
import { wordsOfBrowser } from "./language.ts";
import { faultPage } from "./refusal-view.ts";

/** The page for an error: 503 while the database cannot answer, else 500; the reason is in the log. */
export async function failedPage(c: Context, error: Error, log: JobLog): Promise<Response> {
  // A form of another site: refused, no fault.
  if (error instanceof HTTPException) return error.getResponse();
  const requestId = String(c.get("requestId") ?? `req_${crypto.randomUUID()}`);
  log.error("page failed", { requestId, path: c.req.path, reason: error.stack ?? error.message });
  const again = c.req.method === "GET" ? pathAndQuery(c) : undefined;
  const { words = await wordsOfBrowser(c) }: { readonly words?: PageWords } = c.var;
  if (databaseOutage(error) === undefined)
    return refusedPage(c, faultPage(words, words.say("refusal.failed"), requestId, again), 500);
  const page = faultPage(words, words.say("refusal.outage"), requestId, again);
  const answer = await refusedPage(c, page, 503);
  answer.headers.set("retry-after", "1");
  return answer;
}

/**
 * The page for a request that ran out of the function's time. What its form asked for may have been done all the same.
 */
export async function latePage(c: Context, log: JobLog): Promise<Response> {
  const requestId = `req_${crypto.randomUUID()}`;
  log.error("page failed", { requestId, path: c.req.path, reason: OUT_OF_TIME });
  const words = await wordsOfBrowser(c);
  const again = c.req.method === "GET" ? pathAndQuery(c) : undefined;
  const answer = await refusedPage(c, faultPage(words, words.say("refusal.late"), requestId, again), 503);
  answer.headers.set("retry-after", "5");
  return answer;
}
