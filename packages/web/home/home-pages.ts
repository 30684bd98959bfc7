import { ok } from "@regulars/core/platform/result";
import { type Instant, type UserId, toInstant } from "@regulars/core/platform/values";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import { addresses } from "../page/addresses.ts";
import { htmlResponse } from "../page/html-response.ts";
import { type RepList, readRepList } from "../insights/rep-list.ts";
import { LOOKS, SEES_DEALS } from "../page/needs.ts";
import { type OpenTenant, inTenant } from "../page/open-tenant.ts";
import { refusal } from "../page/refusal.ts";
import { type PageEnv, newPages } from "../page/viewer.ts";
import { readOwnCard, readTenantCards } from "./home-page.ts";
import { homeView } from "./home-view.ts";
import { ownHomeView } from "./own-home-view.ts";

interface HomePagesOptions {
  /** Path of the data folder, for the commands that the page names. */
  readonly folder: string;
  readonly runtime: Runtime;
}

/** The viewer's own list of today, where they see insights and the company has them. */
async function readDay(opened: OpenTenant, userId: UserId, now: Instant): Promise<RepList | undefined> {
  if (!LOOKS.some((right) => opened.holds(right))) return undefined;
  const read = await readRepList(opened, userId, { address: "/", asOfText: "" }, now);
  return read.ok ? read.value.list : undefined;
}

/** The start page: every tenant for the owner of the machine, their own for a user. */
export function homePages({ folder, runtime }: HomePagesOptions): Hono<PageEnv> {
  const pages = newPages();
  pages.get("/", async (c) => {
    const { viewer } = c.var;
    const now = toInstant(runtime.clock());
    if (viewer.type === "owner")
      return htmlResponse(
        c,
        homeView({ folder, cards: await readTenantCards(runtime.table, c.var.words, now) }, c.var.words),
      );
    const { tenantId, userId } = viewer;
    const home = await inTenant(c, tenantId, [...LOOKS, ...SEES_DEALS], async (opened) =>
      ok({ card: await readOwnCard(opened, now), actor: opened.actor, day: await readDay(opened, userId, now) }),
    );
    if (!home.ok) return refusal(c, home);
    const { card, actor, day } = home.value;
    const name = actor.type === "user" ? actor.user.name : "";
    const path = addresses().rep(tenantId, userId);
    return htmlResponse(c, ownHomeView({ card, name, path, day }, c.var.words));
  });
  return pages;
}
