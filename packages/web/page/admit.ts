import { Problem, problemResponse } from "@regulars/functions/api/http/problem";
import type { MiddlewareHandler } from "hono";
import type { Form } from "./form.ts";
import { pathAndQuery, refusedPage } from "./html-response.ts";
import { type Draft, endedPage, signInPath } from "./refusal-view.ts";
import { AS_FIELD, type PageContext, type PageEnv, type Viewer, asOf } from "./viewer.ts";

const READS = new Set(["GET", "HEAD"]);

/**
 * Lets a signed-in viewer through; anybody else is led to the sign-in and back. A form is accepted only from the user
 * for whom its page was drawn: whoever has signed out or in as somebody else in another tab changes nothing, and what
 * they wrote is kept on the page.
 */
export const admit =
  (viewerOf: (c: PageContext) => Promise<Viewer | undefined>): MiddlewareHandler<PageEnv> =>
  async (c, next) => {
    const viewer = await viewerOf(c);
    if (viewer !== undefined) c.set("viewer", viewer);
    const isRead = READS.has(c.req.method);
    const draft = isRead ? {} : await draftOf(c);
    const isAsSomebodyElse = viewer !== undefined && draft[AS_FIELD] !== undefined && draft[AS_FIELD] !== asOf(viewer);
    if (viewer !== undefined && !isAsSomebodyElse) return next();
    if (!wantsHtml(c)) return problemResponse(nobody(), c.var.requestId);
    return isRead
      ? c.redirect(signInPath(pathAndQuery(c)), 303)
      : refusedPage(c, endedPage(c.var.words, pathAndQuery(c), draft), 401, { isDraft: true });
  };

/** Whether a browser asks for a page: scripts and programs get a problem document. */
export const wantsHtml = ({ req }: PageContext): boolean => (req.header("accept") ?? "").includes("text/html");

/** Longest text of a form that is kept. */
const LONGEST = 64 * 1024;

/** The texts of a form; files are not kept. */
async function draftOf(c: PageContext): Promise<Draft> {
  const form: Form = await c.req.parseBody();
  return Object.fromEntries(
    Object.entries(form).filter(
      (field): field is [string, string] => typeof field[1] === "string" && field[1].length <= LONGEST,
    ),
  );
}

const nobody = (): Problem =>
  new Problem({ status: 401, code: "not-signed-in", detail: "your session has ended: sign in again" });
