import { localDay } from "@regulars/core/platform/period";
import type { User } from "@regulars/core/access/user";
import type { SortPlace } from "@regulars/core/boards/board-query";
import { dealThing } from "@regulars/core/deals/edit-rights";
import type { DealId, StatusId } from "@regulars/core/platform/ids";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { RefusalReason } from "@regulars/core/sales-plans/refusal";
import type { Status } from "@regulars/core/sales-plans/status";
import { type Result, ok } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type BoardCard, type Column, readBoard } from "@regulars/flows/boards/read-board";
import type { SalesContext } from "@regulars/flows/sales-context";
import type { PageWords } from "@regulars/render/texts/page-words";
import { newDealPath, planPath } from "../page/addresses.ts";
import { SEES_DEALS, holdsOne } from "../page/needs.ts";
import { type DealQuery, checkChoices, queryAddressOf, queryFieldsOf, readDealQuery } from "../deals/deal-query.ts";
import { type DealText, type TotalText, dealText, membersOf, totalText } from "../deals/deal-text.ts";
import { type DayText, dayText } from "../insights/finding-row.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { visibleDeals } from "../sales-plans/visible-deals.ts";
import { CARDS, MOST_CARDS, type ShownCards, readShownCards, shownCardsText } from "./shown-cards.ts";

/** A plan's board as its page shows it. */
export interface BoardPageView {
  readonly words: PageWords;
  readonly tenant: Tenant;
  readonly plan: SalesPlan;
  readonly path: string;
  /** This board with these filters: where its forms are sent, and lead back. */
  readonly address: string;
  /** The filters and the numbers of cards in this address, by name. */
  readonly kept: readonly (readonly [string, string])[];
  /** The card beneath which the Move form is open: an address asks for it. */
  readonly open: DealId | undefined;
  /** Where the form of chosen cards is sent, and an id of its own: sent twice, it is done once. */
  readonly manyAddress: string;
  readonly requestId: string;
  /** How many deals the form has just changed. */
  readonly changed: number | undefined;
  /** The card of the deal that was just added. */
  readonly added: CardView | undefined;
  readonly managers: readonly User[];
  readonly reasons: readonly RefusalReason[];
  readonly asked: DealQuery;
  readonly isUnfolded: boolean;
  /** Address of the same deals in list mode. */
  readonly listAddress: string;
  readonly total: TotalText;
  readonly columns: readonly ColumnView[];
  /** Whether the viewer may change many deals at once, and the plan itself. */
  readonly mayChangeMany: boolean;
  readonly mayManage: boolean;
  /** Where they add a deal by hand; nowhere if they may not, or the plan takes no more. */
  readonly newDealAddress: string | undefined;
}

export interface ColumnView {
  readonly status: Status;
  readonly total: TotalText;
  readonly cards: readonly CardView[];
  /** Further cards: the address that shows them, and the place after which they begin. */
  readonly more: { readonly address: string; readonly place: string; readonly count: number } | undefined;
}

export interface CardView extends DealText {
  readonly dealId: DealId;
  readonly version: number;
  readonly changed: DayText;
  /** A closed deal does not move: it is opened again first. */
  readonly mayMove: boolean;
}

/** Further cards of each column: so many after a place; or a card whose Move form is asked for. */
interface AskedCards {
  readonly after?: SortPlace | undefined;
  readonly limit?: number | undefined;
  readonly open?: string | undefined;
  /** How many deals the form of chosen cards has just changed, and the deal that was just added. */
  readonly changed?: number | undefined;
  readonly added?: DealId | undefined;
  /** Whether all filters are asked for. */
  readonly isUnfolded?: boolean;
}

/** A plan's board with the deals that match the filters in the address. */
export async function readBoardPage(
  context: SalesContext,
  opened: OpenTenant,
  planText: string,
  query: Readonly<Record<string, string>>,
  { after, limit = CARDS, open, changed, added, isUnfolded = false }: AskedCards = {},
): Promise<Result<BoardPageView>> {
  const read = readDealQuery(planText, query, opened.words);
  if (!read.ok) return read;
  const { planId, asked, wanted } = read.value;
  const { tenant, store, decide } = opened;
  const plan = await context.store.salesPlans.plan(planId);
  const visible = await visibleDeals(opened, plan ?? planId);
  const limits = readShownCards(query["more"], plan?.statuses ?? []);
  const [board, users, reasons] = await Promise.all([
    readBoard({ context, planId, plan, ...wanted, visible, limit, limits, after }),
    store.users(),
    context.store.salesPlans.reasons(),
  ]);
  if (!board.ok) return board;
  const { columns, total } = board.value;
  const shownPlan = board.value.plan;
  const managers = membersOf(shownPlan, users);
  const offered = checkChoices(asked, { plan: shownPlan, managers, reasons: [...reasons.values()] }, opened.words);
  if (!offered.ok) return offered;
  const path = planPath(tenant.tenantId, planId);
  const cardView = (card: BoardCard): CardView => ({
    ...dealText(card, tenant, users, opened.words.formats),
    dealId: card.deal.dealId,
    version: card.deal.version,
    changed: dayText(opened.words.formats, localDay(card.deal.changedAt, tenant.timeZone)),
    mayMove: card.deal.closing === undefined && decide("deal.edit", dealThing(card.deal, shownPlan)),
  });
  const more = moreOf({ path, asked, limits });
  const shown = columns.map((column) => ({
    status: column.status,
    total: totalText(opened.words.formats, column.total),
    cards: column.cards.map(cardView),
    more: column.next && more(column, column.next),
  }));
  const kept = { more: shownCardsText(limits) };
  return ok({
    words: opened.words,
    tenant,
    plan: shownPlan,
    path,
    address: queryAddressOf(path, asked, kept),
    manyAddress: queryAddressOf(`${path}/many`, asked, kept),
    kept: queryFieldsOf(asked, kept),
    open: shown.flatMap(({ cards }) => cards).find(({ dealId, mayMove }) => mayMove && dealId === open)?.dealId,
    requestId: context.effects.newId(),
    changed,
    added: shown.flatMap(({ cards }) => cards).find(({ dealId }) => dealId === added),
    managers,
    reasons: [...reasons.values()],
    asked,
    isUnfolded,
    listAddress: queryAddressOf(`${path}/list`, asked),
    total: totalText(opened.words.formats, total),
    columns: shown,
    mayChangeMany: decide("plan.change_many", shownPlan),
    mayManage: opened.holds("plans.manage"),
    newDealAddress:
      shownPlan.isArchived || !holdsOne(opened, SEES_DEALS) ? undefined : newDealPath(tenant.tenantId, planId),
  });
}

interface Addressed {
  readonly path: string;
  readonly asked: DealQuery;
  readonly limits: ShownCards;
}

/** The next cards of a column: on the board up to its most, then on the list. */
const moreOf =
  ({ path, asked, limits }: Addressed) =>
  ({ status: { statusId }, cards, total }: Column, next: SortPlace): ColumnView["more"] => {
    const place = JSON.stringify(next);
    const address =
      cards.length < MOST_CARDS
        ? `${queryAddressOf(path, asked, { more: shownCardsText(new Map([...limits, [statusId, cards.length + CARDS]])) })}#${anchorOf(statusId)}`
        : queryAddressOf(`${path}/list`, asked, { status: statusId, after: place });
    return { address, place, count: total.count - cards.length };
  };

/** The id of a column, to which addresses lead. */
export const anchorOf = (statusId: StatusId): string => `column-${statusId}`;
