import { notificationStates } from "@regulars/core/notifications/notification";
import { type Result, ok } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import type { Runtime } from "@regulars/functions/runtime";
import { deliveriesCsv } from "@regulars/render/notifications/deliveries-csv";
import type { Hono } from "hono";
import * as z from "zod";
import { deliveriesPath } from "../page/addresses.ts";
import { formResponse } from "../page/html-response.ts";
import type { Needs } from "../page/needs.ts";
import { type OpenTenant, inTenant } from "../page/open-tenant.ts";
import { choiceIn, isMangled, placeIn } from "../page/query.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { type RefusedForm, refusedForm } from "../page/refused-form.ts";
import { doneResponse } from "../page/saved.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";
import { MOST_CSV_ROWS, readDeliveries, resendDelivery } from "./deliveries-page.ts";
import { deliveriesView } from "./deliveries-view.ts";

const MANAGES: Needs = ["notifications.manage"];

const requestIdSchema = z.uuid();
const stateIn = (c: PageContext) => choiceIn(c, "state", notificationStates);

/** The page of the log of messages, where one is sent again, and its CSV. */
export function deliveryPages({ runtime }: { readonly runtime: Runtime }): Hono<PageEnv> {
  const pages = newPages();

  const page = async (c: PageContext, asked: Parameters<typeof readDeliveries>[1], refused?: RefusedForm) => {
    const read = await inTenant(c, c.req.param("tenant") ?? "", MANAGES, async (opened) =>
      ok(await readDeliveries(opened, asked)),
    );
    if (!read.ok) return refusal(c, read);
    const view = deliveriesView(read.value, refused);
    return formResponse(c, view, refused);
  };

  pages.get("/notifications/:tenant/log", (c) => page(c, { state: stateIn(c), before: placeIn(c, "before") }));

  pages.get("/notifications/:tenant/log.csv", async (c) => {
    const state = stateIn(c);
    if (isMangled(c)) return page(c, {});
    const read = await inTenant(c, c.req.param("tenant"), MANAGES, async (opened) =>
      ok(await readDeliveries(opened, { state }, MOST_CSV_ROWS)),
    );
    if (!read.ok) return refusal(c, read);
    return c.body(deliveriesCsv(read.value.rows), 200, {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="deliveries.csv"',
      "Cache-Control": "no-store",
    });
  });

  pages.post("/notifications/:tenant/log", async (c) => {
    const form = await c.req.parseBody();
    const state = notificationStates.find((one) => one === form["state"]);
    const now = toInstant(runtime.clock());
    const done = await inTenant(c, c.req.param("tenant"), MANAGES, async (opened) => {
      const sent = await again(opened);
      if (sent.ok) await runtime.queues.send("outgoing", { tenantId: opened.tenant.tenantId });
      return sent.ok ? ok(opened.tenant.tenantId) : sent;
    });
    if (!done.ok) return formRefusal(c, done, (told) => page(c, { state }, refusedForm(told.message, form)));
    return doneResponse(c, `${deliveriesPath(done.value)}${state === undefined ? "" : `?state=${state}`}`);

    async function again(opened: OpenTenant): Promise<Result<unknown>> {
      if (form["do"] === "retry") return ok(await opened.whole.outbox.retryFailed(now));
      const notificationId = typeof form["id"] === "string" ? form["id"] : "";
      const requestId = requestIdSchema.safeParse(form["request"]).data;
      return resendDelivery({ opened, runtime, notificationId, requestId, now });
    }
  });

  return pages;
}
