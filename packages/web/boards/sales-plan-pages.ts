import { dealIdSchema } from "@regulars/core/platform/ids";
import type { Result } from "@regulars/core/platform/result";
import type { SalesContext } from "@regulars/flows/sales-context";
import { salesContextOf } from "@regulars/functions/effects";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import { htmlResponse, refusedPage } from "../page/html-response.ts";
import { columnsAnswer } from "./columns-answer.ts";
import { moveAnswer } from "./move-answer.ts";
import { type BoardPageView, readBoardPage } from "./board-page.ts";
import { parseShownCards } from "./shown-cards.ts";
import { boardView } from "./board-view.ts";
import { readPlace } from "../deals/sort-place.ts";
import { changeDealByForm } from "../deals/deal-form.ts";
import { ALL_FILTERS } from "../deals/deal-filters.ts";
import { readDealListPage } from "../deals/deal-list-page.ts";
import { dealListView } from "../deals/deal-list-view.ts";
import { readDealPage } from "../deals/deal-page.ts";
import { dealView } from "../deals/deal-view.ts";
import { filteredPage } from "../page/filtered-page.ts";
import { SEES_DEALS } from "../page/needs.ts";
import { inTenant, type OpenTenant } from "../page/open-tenant.ts";
import { refusedForm } from "../page/refused-form.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { choiceIn, numberIn, queryOf, readIn, unusable } from "../page/query.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";

interface PlanPagesOptions {
  readonly runtime: Runtime;
}

/** Pages of sales plans: boards and deals with their actions. */
export function planPages({ runtime }: PlanPagesOptions): Hono<PageEnv> {
  const pages = newPages();
  const contextOf = ({ tenant, whole }: OpenTenant): SalesContext => salesContextOf(tenant, whole, runtime);

  pages.get("/plans/:tenant/:plan", (c) => {
    const { tenant } = c.req.param();
    return filteredPage(
      c,
      (query) => inTenant(c, tenant, SEES_DEALS, (opened) => openedBoard(c, contextOf(opened), opened, query)),
      boardView,
    );
  });

  pages.get("/plans/:tenant/:plan/columns", (c) => columnsAnswer(c, contextOf));
  pages.post("/plans/:tenant/:plan", (c) => moveAnswer(c, contextOf));

  pages.get("/plans/:tenant/:plan/list", (c) => {
    const { tenant, plan } = c.req.param();
    readIn(c, "after", readPlace);
    const isUnfolded = asksAllFilters(c);
    return filteredPage(
      c,
      (query) =>
        inTenant(c, tenant, SEES_DEALS, (opened) =>
          readDealListPage(contextOf(opened), opened, plan, query, isUnfolded),
        ),
      dealListView,
    );
  });

  pages.get("/plans/:tenant/:plan/deals/:deal", async (c) => {
    const { tenant, plan, deal } = c.req.param();
    const page = await inTenant(c, tenant, SEES_DEALS, (opened) => readDealPage(contextOf(opened), opened, plan, deal));
    return page.ok ? htmlResponse(c, dealView(page.value)) : refusal(c, page);
  });

  pages.post("/plans/:tenant/:plan/deals/:deal", async (c) => {
    const { tenant, plan, deal } = c.req.param();
    const form = await c.req.parseBody();
    const done = await inTenant(c, tenant, SEES_DEALS, (opened) =>
      changeDealByForm(contextOf(opened), opened, plan, deal, form),
    );
    if (!done.ok)
      return formRefusal(c, done, async (told) => {
        const page = await inTenant(c, tenant, SEES_DEALS, (opened) =>
          readDealPage(contextOf(opened), opened, plan, deal),
        );
        if (!page.ok) return refusal(c, page);
        return refusedPage(c, dealView(page.value, refusedForm(told.message, form)), 422);
      });
    await runtime.queues.send("webhooks", { tenantId: tenant });
    return c.redirect(c.req.path, 303);
  });

  return pages;
}

const asksAllFilters = (c: PageContext): boolean => choiceIn(c, ALL_FILTERS.name, [ALL_FILTERS.value]) !== undefined;

/** A board as its address asks for it, with the Move form beneath one of its cards. */
async function openedBoard(
  c: PageContext,
  context: SalesContext,
  opened: OpenTenant,
  query: ReturnType<typeof queryOf>,
): Promise<Result<BoardPageView>> {
  const { move: open = "" } = query;
  const page = await readBoardPage(context, opened, c.req.param("plan") ?? "", query, {
    open,
    changed: numberIn(c, "changed"),
    added: readIn(c, "added", (text) => dealIdSchema.safeParse(text).data),
    isUnfolded: asksAllFilters(c),
  });
  readIn(c, "more", parseShownCards);
  if (page.ok && open !== "" && page.value.open === undefined)
    unusable(c, "move", (words) => words.say("board.movable"));
  return page;
}
