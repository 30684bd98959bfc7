import { payloadOfForm } from "@regulars/core/leads/form-lead";
import type { MiddlewareHandler } from "hono";
import type { ApiEnv } from "../http/environment.ts";
import { Problem } from "../http/problem.ts";
import { EXAMPLE_BODY } from "../http/example-lead.ts";

const FORM = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i;
const LEADS = /^\/v1\/hooks\/plans\/[^/]+\/leads$/;

/** Whether the body is a form at an address that takes it for a lead. */
export const isLeadForm = (path: string, contentType: string | undefined): boolean =>
  LEADS.test(path) && FORM.test(contentType ?? "");

/** How to send what an address takes, for a body that it does not. */
export const bodyHint = (path: string): string =>
  LEADS.test(path)
    ? `send Content-Type: application/json with a body like ${EXAMPLE_BODY}, or a form with the fields name, email and phone`
    : "send Content-Type: application/json";

/** Turns a form into the JSON of its lead: whoever comes later, and the log of requests, sees that. */
export const takeForms: MiddlewareHandler<ApiEnv> = async (c, next) => {
  if (isLeadForm(c.req.path, c.req.header("content-type"))) {
    const form = await c.req.formData().catch(() => {
      throw new Problem({ status: 400, code: "unusable-request", detail: "the form is cut off or has no boundary" });
    });
    const entries = [...form].map(([name, value]) => [name, typeof value === "string" ? value : value.name] as const);
    const headers = new Headers(c.req.raw.headers);
    headers.set("content-type", "application/json");
    headers.delete("content-length");
    const { url, method, signal } = c.req.raw;
    const body = JSON.stringify(payloadOfForm(entries));
    c.req.raw = new Request(url, { method, headers, signal, body });
    c.req.bodyCache = {};
  }
  await next();
};
