import { databaseOutage } from "@regulars/functions/api/http/outage";
import type { JobLog } from "@regulars/functions/job-log";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { refusedPage } from "./html-response.ts";
import { refusalPage } from "./refusal-view.ts";

/** The page for an error: 503 while the database cannot answer, else 500; the reason is in the log. */
export async function failedPage(c: Context, error: Error, log: JobLog): Promise<Response> {
  // A form of another site: refused, no fault.
  if (error instanceof HTTPException) return error.getResponse();
  log.error("page failed", { path: c.req.path, reason: error.stack ?? error.message });
  const outage = databaseOutage(error);
  if (outage === undefined)
    return refusedPage(c, refusalPage("This page failed. The log has the reason.", "Not possible now"), 500);
  const page = refusalPage(`${outage}. Load this page again in a few seconds.`, "Not possible now");
  const answer = await refusedPage(c, page, 503);
  answer.headers.set("retry-after", "1");
  return answer;
}
