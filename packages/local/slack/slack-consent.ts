import { htmlResponse } from "@regulars/web/page/html-response";
import { readStateText } from "@regulars/core/slack/install-state";
import { Hono } from "hono";
import { html } from "hono/html";
import * as z from "zod";
import { type LocalWorkspaces, localWorkspaceOf } from "./slack-workspaces.ts";

const askedSchema = z.object({ redirect_uri: z.url(), state: z.string() });

/** The page on which an admin adds Regulars to a workspace of the local Slack: the tenant's own, made when it is added. */
export function slackConsent(workspaces: LocalWorkspaces): Hono {
  const app = new Hono();
  app.get("/oauth/v2/authorize", async (c) => {
    const asked = askedOf(c.req.query());
    if (asked === undefined) return c.text("this is no way to connect Slack: begin in Regulars", 422);
    return htmlResponse(
      c,
      html`<!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <title>Add Regulars – Slack</title>
          </head>
          <body>
            <main>
              <h1>Add Regulars to the workspace ${asked.workspace.name}?</h1>
              <form method="post" action="${c.req.path.replace(/\/v2\/authorize$/, "/allow")}">
                <input type="hidden" name="redirect_uri" value="${asked.redirect_uri}" />
                <input type="hidden" name="state" value="${asked.state}" />
                <button>Allow</button>
              </form>
            </main>
          </body>
        </html>`,
    );
  });
  app.post("/oauth/allow", async (c) => {
    const asked = askedOf(await c.req.parseBody());
    if (asked === undefined) return c.text("this is no way to connect Slack: begin in Regulars", 422);
    const { workspace } = asked;
    if ((await workspaces.find(workspace.id)) === undefined) await workspaces.save(workspace);
    const back = new URL(asked.redirect_uri);
    back.searchParams.set("code", `local-${workspace.id}`);
    back.searchParams.set("state", asked.state);
    return c.redirect(`${back.pathname}${back.search}`, 303);
  });
  return app;
}

function askedOf(given: unknown) {
  const asked = askedSchema.safeParse(given).data;
  const state = asked && readStateText(asked.state);
  return asked && state && { ...asked, workspace: localWorkspaceOf(state.tenantId, state.tenantId) };
}
