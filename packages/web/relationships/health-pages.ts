import { lastCompletedDay } from "@regulars/core/platform/period";
import { idOfSegment } from "@regulars/core/platform/id-text";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { customerIdSchema, toInstant } from "@regulars/core/platform/values";
import { listHealth } from "@regulars/flows/relationships/list-health";
import { readCustomerHealth } from "@regulars/flows/relationships/read-customer-health";
import { healthCsv } from "@regulars/render/relationships/health-csv";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import { indexIn, isMangled, isOn, pastDayIn, queryOf } from "../page/query.ts";
import { htmlResponse } from "../page/html-response.ts";
import { healthCustomerView } from "./health-customer-view.ts";
import { healthView } from "./health-view.ts";
import type { Html } from "../page/layout.ts";
import { LOOKS } from "../page/needs.ts";
import { inTenant, type OpenTenant } from "../page/open-tenant.ts";
import { refusal } from "../page/refusal.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";

interface HealthPagesOptions {
  readonly runtime: Runtime;
}

/** Pages of relationships: all customers, what to act on first, and one customer. */
export function healthPages({ runtime }: HealthPagesOptions): Hono<PageEnv> {
  const pages = newPages();
  const readingOf = async (c: PageContext, { tenant, store, scope, userId: viewerId }: OpenTenant) => ({
    tenant,
    store,
    scope: await scope(),
    viewerId,
    asOf: pastDayIn(c, "asOf", lastCompletedDay(toInstant(runtime.clock()), tenant.timeZone)),
    now: toInstant(runtime.clock()),
  });

  pages.get("/relationships/:tenant", async (c) => {
    if (isOn(c, "csv")) {
      const list = await inTenant(c, c.req.param("tenant"), LOOKS, async (opened) =>
        listHealth(await readingOf(c, opened)),
      );
      if (!list.ok) return refusal(c, list);
      if (!isMangled(c))
        return c.body(healthCsv(list.value.rows), 200, {
          "Content-Type": "text/csv; charset=utf-8",
          "Content-Disposition": 'attachment; filename="relationships.csv"',
        });
    }
    const page = await inTenant(c, c.req.param("tenant"), LOOKS, async (opened): Promise<Result<Html>> => {
      const isOnlyWeak = isOn(c, "weak");
      const reading = await readingOf(c, opened);
      const list = await listHealth({ ...reading, filter: { onlyWeak: isOnlyWeak } });
      const { tenant, words } = opened;
      const asked = {
        isOnlyWeak,
        from: indexIn(c, "from"),
        isPast: reading.asOf !== undefined,
        givenDay: queryOf(c)["asOf"],
      };
      return list.ok ? ok(healthView({ tenant, list: list.value, ...asked }, words)) : list;
    });
    return page.ok ? htmlResponse(c, page.value) : refusal(c, page);
  });

  pages.get("/relationships/:tenant/:customer", async (c) => {
    const given = idOfSegment(c.req.param("customer"));
    const page = await inTenant(c, c.req.param("tenant"), LOOKS, async (opened): Promise<Result<Html>> => {
      const customerId = customerIdSchema.safeParse(given);
      if (!customerId.success) return refuse("unknown-customer", `There is no customer "${given}".`);
      const { records } = opened.whole;
      const read = await readCustomerHealth({ ...(await readingOf(c, opened)), records, customerId: customerId.data });
      return read.ok
        ? ok(
            healthCustomerView(
              opened.tenant,
              { ...read.value, viewerId: opened.userId, givenDay: queryOf(c)["asOf"] },
              opened.words,
            ),
          )
        : read;
    });
    return page.ok ? htmlResponse(c, page.value) : refusal(c, page);
  });

  return pages;
}
