import { ok } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import { addresses } from "../page/addresses.ts";
import { htmlResponse } from "../page/html-response.ts";
import { LOOKS, SEES_DEALS, inTenant } from "../page/open-tenant.ts";
import { refusal } from "../page/refusal.ts";
import { type PageEnv, newPages } from "../page/viewer.ts";
import { readOwnCard, readTenantCards } from "./home-page.ts";
import { homeView, ownHomeView } from "./home-view.ts";

interface HomePagesOptions {
  /** Path of the data folder, for the commands that the page names. */
  readonly folder: string;
  readonly runtime: Runtime;
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
      ok({ card: await readOwnCard(opened, now), actor: opened.actor }),
    );
    if (!home.ok) return refusal(c, home);
    const { card, actor } = home.value;
    const name = actor.type === "user" ? actor.user.name : "";
    return htmlResponse(c, ownHomeView(card, c.var.words, name, addresses().rep(tenantId, userId)));
  });
  return pages;
}
