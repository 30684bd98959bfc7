import { pictureSchema } from "@regulars/core/monitors/picture";
import { ok, refuse } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import { statusesRefusal } from "@regulars/core/tenants/edition";
import { listStatuses } from "@regulars/flows/monitors/list-statuses";
import { pictureHeaders } from "@regulars/functions/api/monitors/picture-headers";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import { htmlResponse } from "../page/html-response.ts";
import { LOOKS, type Needs, type OpenTenant, inTenant } from "../page/open-tenant.ts";
import { refusal } from "../page/refusal.ts";
import { statusesView } from "./statuses-view.ts";
import { type PageEnv, newPages } from "../page/viewer.ts";

interface StatusesPagesOptions {
  /** Path of the data folder. */
  readonly folder: string;
  readonly runtime: Runtime;
}

const READS: Needs = [...LOOKS, "statuses.manage"];

/** Holders that are shown of each status. */
export const MOST_HOLDERS = 50;

/** The page of status monitors with who has their statuses, and their pictures. */
export function statusesPages({ folder, runtime }: StatusesPagesOptions): Hono<PageEnv> {
  const pages = newPages();

  const read = async ({ tenant, catalog, store: nightly, whole, scope: seen }: OpenTenant) => {
    const { monitors, statuses } = whole;
    const now = toInstant(runtime.clock());
    const list = await listStatuses({
      tenant,
      nightly,
      monitors,
      statuses,
      scope: await seen(),
      now,
      most: MOST_HOLDERS,
    });
    return list.ok ? ok({ folder, tenant, catalog, ...list.value }) : list;
  };

  pages.get("/statuses/:tenant", async (c) => {
    const page = await inTenant(c, c.req.param("tenant"), READS, read);
    return page.ok ? htmlResponse(c, statusesView(page.value)) : refusal(c, page);
  });

  pages.get("/statuses/:tenant/pictures/:picture", async (c) => {
    const { tenant, picture: given } = c.req.param();
    const found = await inTenant(c, tenant, READS, async ({ tenant: owner, whole }) => {
      const id = pictureSchema.shape.pictureId.safeParse(given);
      const picture =
        id.success && statusesRefusal(owner) === undefined ? await whole.monitors.picture(id.data) : undefined;
      return picture === undefined
        ? refuse("unknown-picture", `There is no picture ${given.slice(0, 100)}.`)
        : ok(picture);
    });
    if (!found.ok) return refusal(c, found);
    return c.body(new Uint8Array(found.value.bytes), 200, pictureHeaders(found.value.type));
  });

  return pages;
}
