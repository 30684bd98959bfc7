import type { User } from "@regulars/core/access/user";
import type { RankedEntry, RankedList } from "@regulars/core/insights/rank";
import type { Finding } from "@regulars/core/insights/finding";
import { customerIdOf } from "@regulars/core/insights/subject";
import { profilesOnce } from "@regulars/core/customers/profiles-once";
import { addDays, localDay } from "@regulars/core/platform/period";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import {
  type LowestChoice,
  type PerformanceMetric,
  type PerformanceWindow,
  usualLowest,
} from "@regulars/core/sales-figures/lowest";
import type { SalesBasis } from "@regulars/core/sales-figures/invoiced";
import type { PageWords } from "@regulars/render/texts/page-words";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type Day, type Instant, type UserId, userIdSchema } from "@regulars/core/platform/values";
import { type ForYouPage, forYou } from "@regulars/flows/insights/for-you";
import { customersOf } from "@regulars/flows/insights/list-input";
import { type DayText, type FindingRow, dayText, rowsOf } from "./finding-row.ts";
import { type FollowUpLine, followUpLines } from "./follow-ups-view.ts";
import type { Reachable } from "../page/contacts-view.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { type UndoLine, undoLine } from "./undo-line.ts";
import { whomToCall } from "./whom-to-call.ts";

/** A row's own snooze; other days are on the finding's page. */
export const SNOOZE_DAYS = 7;

/** The section "For You" of a rep's page, or of the page of all reps. */
export interface RepList {
  readonly words: PageWords;
  readonly tenant: Tenant;
  /** `undefined` on the page of all reps. */
  readonly repName: string | undefined;
  readonly asOf: DayText;
  /** A past day that was asked for: it is computed anew, and nothing can be done to what was found. */
  readonly isPast: boolean;
  /** The last action of the viewer on a finding of this page, while it can be undone. */
  readonly undo: UndoLine | undefined;
  /** The finding that the viewer did something to just now. */
  readonly doneId: string | undefined;
  /** The path of the page with its query, to come back to. */
  readonly address: string;
  readonly asOfText: string;
  /** Kinds that there is something to act on of, also while the list is of one kind only. */
  readonly kinds: readonly KindSum[];
  /** The only kind that is shown. */
  readonly kind: string | undefined;
  /** The finding whose row is open. */
  readonly openId: string | undefined;
  /** The first findings of the list, as many as the daily limit allows. */
  readonly first: readonly CardRow[];
  readonly later: readonly CardRow[];
  readonly toWatch: readonly CardRow[];
  readonly winBack: readonly CardRow[];
  readonly setAside: readonly CardRow[];
  /** How many customers the page is without, because their data cannot be read. */
  readonly customersSetAside: number;
  /** Open tasks of the rep; none on the page of all reps, and of a past day. */
  readonly followUps: readonly FollowUpLine[];
  /** Today in the tenant's time zone. */
  readonly today: Day;
}

/** Summary of one kind. */
export interface KindSum {
  readonly id: string;
  readonly title: string;
  readonly count: number;
  readonly atStake: string | undefined;
}

/** A card as a row of the list. */
export interface CardRow extends FindingRow {
  readonly findingId: string;
  readonly title: string;
  /** Its place in the list of what is to act on, from 1. */
  readonly rank?: number | undefined;
  /** Whom to call or write to; only in the part of the list that is for today. */
  readonly contact?: Reachable | undefined;
  /** Where the viewer's actions on it are sent; absent where there are none. */
  readonly acts?: { readonly path: string; readonly snoozeUntil: Day } | undefined;
  readonly folded: readonly (FindingRow & { readonly title: string })[];
}

/** What the address of the page asks for; absent for the usual. */
export interface RepPageQuery {
  readonly address: string;
  readonly lowest?: PerformanceMetric | undefined;
  readonly windowDays?: PerformanceWindow | undefined;
  /** The day whose orders are shown. */
  readonly day?: Day | undefined;
  readonly basis?: SalesBasis | undefined;
  /** A past day as the page was, or would have been. */
  readonly asOf?: Day | undefined;
  /** As it was written, which its field shows again. */
  readonly asOfText: string;
  /** Only findings of this kind. */
  readonly kind?: string | undefined;
  /** The finding whose row is open. */
  readonly openId?: string | undefined;
  /** The finding that the viewer did something to just now. */
  readonly did?: string | undefined;
}

/** A list, with what else is known of its day. */
interface ReadList {
  readonly list: RepList;
  readonly day: ForYouPage;
  readonly users: readonly User[];
  readonly repId: UserId | undefined;
}

/** Reads the list of one rep, or of all reps without `user`. Findings are of the last nightly run. */
export async function readRepList(
  opened: OpenTenant,
  user: string | undefined,
  query: RepPageQuery,
  now: Instant,
): Promise<Result<ReadList>> {
  const { tenant, words, catalog, store } = opened;
  const repId = user === undefined ? undefined : userIdSchema.safeParse(user).data;
  if (user !== undefined && repId === undefined) return refuse("unknown-user", notUser(tenant, user));
  const isTheirs =
    repId === undefined ? opened.decide("tenant.see_list", {}) : (await opened.scope()).canSeeUser(repId);
  if (!isTheirs) return refuse("unknown-user", notUser(tenant, user ?? ""));
  const lowest = lowestOf(query, tenant);
  const asked = { tenant, store, catalog, scopeFilter: { repId }, asOf: query.asOf, now };
  const day = await forYou({ ...asked, lowest, basis: query.basis });
  if (!day.ok) return day.reason === "unknown-user" ? refuse("unknown-user", notUser(tenant, user ?? "")) : day;
  const users = await store.users();
  const { forYou: all, asOf, customers } = day.value;
  const withProfiles = { ...opened, store: { ...store, profiles: profilesOnce(store.profiles, customers) } };
  const found = ofKind(all, query.kind);
  const rowOf = await cardRows(withProfiles, all, repId === undefined ? users : []);
  const today = localDay(now, tenant.timeZone);
  const isPast = query.asOf !== undefined;
  const list = {
    words,
    tenant,
    repName: repId === undefined ? undefined : nameOf(users, repId),
    asOf: dayText(words.formats, asOf),
    isPast,
    doneId: query.did,
    undo: query.did === undefined ? undefined : await undoLine(opened, query.did, now),
    address: query.address,
    asOfText: query.asOfText,
    kinds: kindSums(opened, all),
    kind: query.kind,
    openId: query.openId,
    first: await withContacts(withProfiles, found.ranked.slice(0, found.budget), rowOf, isPast ? undefined : today),
    later: found.ranked.slice(found.budget).map(rowOf),
    toWatch: found.toWatch.map(rowOf),
    winBack: found.winBack.map(rowOf),
    setAside: found.setAside.map(rowOf),
    customersSetAside: found.customersSetAside,
    followUps: isPast ? [] : await followUpLines(opened, repId, today),
    today,
  };
  return ok({ list, day: day.value, users, repId });
}

function lowestOf({ lowest, windowDays }: RepPageQuery, { priceEditing }: Tenant): LowestChoice {
  return {
    metric: lowest === undefined || (lowest === "gpPct" && !priceEditing) ? usualLowest.metric : lowest,
    windowDays: windowDays ?? usualLowest.windowDays,
  };
}

/** The entries for today with whom to call or write to, and where actions on them are sent. */
async function withContacts(
  { store, scope }: OpenTenant,
  entries: readonly RankedEntry[],
  rowOf: (entry: RankedEntry) => CardRow,
  today: Day | undefined,
): Promise<readonly CardRow[]> {
  const profiles = await store.profiles(customersOf(entries.map(({ finding }) => finding)));
  const { canReview } = await scope();
  return Promise.all(
    entries.map(async (entry) => {
      const row = rowOf(entry);
      const customerId = customerIdOf(entry.finding.subject);
      const customer = customerId === undefined ? undefined : profiles.get(customerId);
      if (customer === undefined) return row;
      const contact = whomToCall(customer, await store.personsOf(customer.customerId));
      const acts =
        today !== undefined && canReview(customer)
          ? { path: row.path, snoozeUntil: addDays(today, SNOOZE_DAYS) }
          : undefined;
      return { ...row, contact, acts };
    }),
  );
}

const notUser = ({ tenantId }: Tenant, user: string): string =>
  `Tenant ${tenantId} has no user "${user}". Check the address, or import the users file that has this user.`;

const nameOf = (users: Awaited<ReturnType<OpenTenant["store"]["users"]>>, repId: UserId): string =>
  users.find(({ userId }) => userId === repId)?.name ?? repId;

/** A list with findings of one kind only. */
function ofKind<List extends RankedList>(list: List, kind: string | undefined): List {
  if (kind === undefined) return list;
  const only = (entries: readonly RankedEntry[]) => entries.filter(({ finding }) => finding.kind === kind);
  const { ranked, toWatch, winBack, setAside } = list;
  return { ...list, ranked: only(ranked), toWatch: only(toWatch), winBack: only(winBack), setAside: only(setAside) };
}

/** What is to act on by kind; a kind without any is left out. */
function kindSums({ tenant, words, catalog }: OpenTenant, { ranked }: RankedList): readonly KindSum[] {
  return catalog.kinds.flatMap(({ id, title }) => {
    const cards = ranked.filter(({ finding }) => finding.kind === id);
    const stake = cards.reduce((total, { atStakeMinor }) => total + atStakeMinor, 0);
    const sum = {
      id,
      title: words.kindTitle(id) ?? title,
      count: cards.length,
      atStake: stake > 0 ? words.formats.money(stake, tenant.currency) : undefined,
    };
    return cards.length === 0 ? [] : [sum];
  });
}

async function cardRows(opened: OpenTenant, list: RankedList, users: Parameters<typeof rowsOf>[2]) {
  const cards = [...list.ranked, ...list.toWatch, ...list.winBack, ...list.setAside];
  const findings = cards.flatMap(({ finding, folded }) => [finding, ...folded]);
  const { words } = opened;
  const rows = await rowsOf(opened, findings, users);
  const rowOf = (finding: Finding) => {
    const row = rows.get(finding);
    if (row === undefined) throw new Error(`finding ${finding.id} has no row`);
    return { ...row, title: words.kindTitle(finding.kind) ?? opened.catalog.titleOf(finding.kind) };
  };
  const ranks = new Map(list.ranked.map(({ finding }, i) => [finding, i + 1]));
  return ({ finding, folded, atStakeMinor }: RankedEntry): CardRow => ({
    ...rowOf(finding),
    findingId: finding.id,
    rank: ranks.get(finding),
    folded: folded.map(rowOf),
    atStake: atStakeMinor > 0 ? words.formats.money(atStakeMinor, opened.tenant.currency) : undefined,
  });
}
