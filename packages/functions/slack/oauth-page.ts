import { readStateText } from "@regulars/core/slack/install-state";
import { type Result, refuse } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import type { SlackInstallation } from "@regulars/core/slack/installation";
import { finishInstall } from "@regulars/flows/slack/install";
import { tenantOfWorkspace } from "@regulars/store/slack/tenant-of-workspace";
import { openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import type { Context, Hono } from "hono";
import { html } from "hono/html";
import type { ApiEnv } from "../api/http/environment.ts";
import type { Runtime } from "../runtime.ts";

/** The page that Slack sends somebody back to, who has added the app to a workspace. */
export function serveOauth(app: Hono<ApiEnv>, path: string, runtime: Runtime): void {
  app.get(path, async (c) => {
    const done = await connected(c, runtime);
    const says = done.ok
      ? `Slack is connected with ${done.value.workspaceName}. Invite Regulars to the channel that alerts shall go to, and set it in Regulars.`
      : `${done.message}.`;
    c.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    c.header("Cache-Control", "no-store");
    // The address has the code: it goes nowhere else.
    c.header("Referrer-Policy", "no-referrer");
    return c.html(
      html`<!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width" />
            <title>Slack – Regulars</title>
          </head>
          <body>
            <main>
              <h1>${done.ok ? "Slack is connected" : "Slack is not connected"}</h1>
              <p>${says}</p>
            </main>
          </body>
        </html>`,
      done.ok ? 200 : 422,
    );
  });
}

async function connected(c: Context, runtime: Runtime): Promise<Result<SlackInstallation>> {
  const { code, error, state = "" } = c.req.query();
  const unusable = refuse("unusable-state", "This is no way to connect Slack that Regulars knows: begin again there");
  if (error !== undefined) return refuse("declined", "It was declined at Slack: nothing was changed");
  const asked = readStateText(state);
  if (asked === undefined || code === undefined || code.length > 1_000 || runtime.slack === undefined) return unusable;
  const { tenantId, nonce } = asked;
  const table = runtime.tableFor(tenantId);
  const tenant = await openTenantDirectory(table).find(tenantId);
  if (tenant === undefined) return unusable;
  const store = openTenantStore(table, tenant);
  return finishInstall({
    tenantId,
    store: store.slack,
    access: runtime.slack,
    userOf: async ({ userId }) => (userId === undefined ? undefined : store.user(userId)),
    ownerOf: (workspaceId) => tenantOfWorkspace(runtime.table, workspaceId),
    nonce,
    code,
    now: toInstant(runtime.clock()),
  });
}
