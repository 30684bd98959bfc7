import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";

const problem = (status: number, title: string, detail: string) =>
  new Response(JSON.stringify({ type: "about:blank", title, status, detail }), {
    status,
    headers: { "content-type": "application/problem+json" },
  });

/** The HTTP API. Every error is a problem document (RFC 9457). */
export function createApi() {
  const app = new Hono();
  app.get("/v1/health", (c) => c.json({ status: "ok" }));
  app.notFound((c) => problem(404, "Not found", `there is nothing at ${c.req.path}`));
  app.onError((error) =>
    error instanceof HTTPException
      ? problem(error.status, error.message, error.message)
      : problem(500, "Internal error", "the request could not be handled; it is in the log"),
  );
  return app;
}
