import type { Hono } from "hono";
import { docsPage } from "./docs-page.ts";
import type { ApiEnv } from "./environment.ts";
import { madeDocument } from "./made-document.ts";

/** Serves the document and its page, which need no credentials. */
export function serveDocument(app: Hono<ApiEnv>): void {
  app.get("/v1/openapi.json", async (c) => c.json(await madeDocument()));
  app.get("/docs", async (c) => c.html(docsPage(await madeDocument())));
}
