import { ok } from "@regulars/core/platform/result";
import { addDays, lastCompletedDay } from "@regulars/core/platform/period";
import { toInstant } from "@regulars/core/platform/values";
import { readDataQuality } from "@regulars/flows/customers/data-quality";
import type { Hono } from "hono";
import { htmlResponse } from "../page/html-response.ts";
import type { Needs } from "../page/needs.ts";
import { inTenant } from "../page/open-tenant.ts";
import { refusal } from "../page/refusal.ts";
import { type PageEnv, newPages } from "../page/viewer.ts";
import { dataQualityView } from "./data-quality-view.ts";
import { nightsView } from "./nights-view.ts";

/** The same as for the API's record of a nightly run. */
const NIGHTS: Needs = ["nightly.run", "insights.view_all"];
/** Nights whose figures are shown. */
const MOST_NIGHTS = 30;
/** How long after two a run may still be missing before the page says so: it is tried again meanwhile. */
const GRACE_MS = 6 * 3_600_000;
/** Who sees every customer. */
const SEES_ALL: Needs = ["insights.view_all"];

/** What the last nightly runs did, and what is missing of the data. */
export function nightsPages({ folder }: { readonly folder: string }): Hono<PageEnv> {
  const pages = newPages();

  pages.get("/nights/:tenant", async (c) => {
    const page = await inTenant(c, c.req.param("tenant"), NIGHTS, async ({ tenant, catalog, store, whole }) => {
      const night = await store.lastNightly();
      const profiles = await store.profiles((night?.setAside?.first ?? []).map(({ customerId }) => customerId));
      const due = lastCompletedDay(toInstant(c.var.runtime.clock() - GRACE_MS), tenant.timeZone);
      return ok({
        tenant,
        night,
        today: addDays(due, 1),
        nights: await whole.nights.last(MOST_NIGHTS),
        kinds: catalog.kinds,
        profiles,
      });
    });
    return page.ok ? htmlResponse(c, nightsView(page.value, folder, c.var.words)) : refusal(c, page);
  });

  pages.get("/data-quality/:tenant", async (c) => {
    const page = await inTenant(c, c.req.param("tenant"), SEES_ALL, async ({ tenant, store, whole }) =>
      ok({ tenant, quality: await readDataQuality({ store: whole, users: await store.users() }) }),
    );
    return page.ok ? htmlResponse(c, dataQualityView(page.value, c.var.words)) : refusal(c, page);
  });

  return pages;
}
