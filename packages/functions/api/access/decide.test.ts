import { Hono } from "hono";
import { expect, it } from "vitest";
import type { ApiEnv } from "../http/environment.ts";
import { insistOnDecision, noteDecision } from "./decide.ts";

/** Routes with their decisions; the last one asks nothing. */
function anApi(): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.onError((error, c) => c.text(error.message, 500));
  app.use(async (c, next) => {
    c.set("decided", new Set());
    await next();
  });
  app.use("/v1/*", insistOnDecision);
  app.get("/v1/plans/:planId/deals/:dealId", (c) => {
    for (const action of (c.req.query("asks") ?? "").split(" "))
      if (action === "plan.reach" || action === "deal.see" || action === "deals.edit_own") noteDecision(c, action);
    return c.text("the deal");
  });
  app.get("/v1/me", (c) => c.text("me"));
  app.get("/v1/refused", (c) => c.text("not allowed", 403));
  app.get("/v1/list", (c) => c.text("everything"));
  return app;
}

it("A1: a route that asks for no decision, or for none on the thing of its address, answers nothing but a fault", async () => {
  const api = anApi();
  const answer = async (path: string) => {
    const reply = await api.request(path);
    return [reply.status, await reply.text()];
  };
  const fault = "GET /v1/plans/:planId/deals/:dealId does not ask whether its caller may";
  expect(await answer("/v1/list")).toEqual([500, "GET /v1/list does not ask whether its caller may"]);
  expect(await answer("/v1/plans/p/deals/d?asks=deals.edit_own")).toEqual([500, fault]);
  expect(await answer("/v1/plans/p/deals/d?asks=plan.reach")).toEqual([500, fault]);
  expect(await answer("/v1/plans/p/deals/d?asks=plan.reach+deal.see")).toEqual([200, "the deal"]);
  expect(await answer("/v1/me")).toEqual([200, "me"]);
  expect(await answer("/v1/refused")).toEqual([403, "not allowed"]);
});
