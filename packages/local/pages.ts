import { join } from "node:path";
import { tenantIdSchema, toInstant, userIdSchema } from "@regulars/core/values";
import { handler } from "@regulars/functions/api/lambda";
import type { Table } from "@regulars/store/table";
import { Hono } from "hono";
import { lambdaFront } from "./lambda-front.ts";
import { mailInbox } from "./mail-inbox.ts";
import { slackWorkspace } from "./slack-workspace.ts";

void tenantIdSchema;
void toInstant;
void userIdSchema;

/** Everything a browser can open on a laptop: start page, inbox, Slack, the API behind its Lambda handler. */
export function localPages({ folder }: { readonly folder: string; readonly table: Table }): Hono {
  const pages = new Hono();
  const api = lambdaFront(handler);
  pages.route("/mail", mailInbox(join(folder, "mail")));
  pages.route("/slack", slackWorkspace(join(folder, "slack")));
  pages.all("*", (c) => api(c.req.raw));
  return pages;
}
