import { type Finding, findingId, parseFindingId } from "@regulars/core/insights/finding";
import { customerIdOf, itemIdsOf, itemNameOf } from "@regulars/core/insights/subject";
import { type EvaluatedFinding, reevaluate, evaluationContextFor } from "@regulars/core/insights/evaluate";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { type Links, composeLine } from "@regulars/core/notifications/compose";
import { type WordedLine, wordLine } from "@regulars/render/notifications/worded";
import type { PageWords } from "@regulars/render/texts/page-words";
import { formatsOf } from "@regulars/render/texts/formats";
import { localDay } from "@regulars/core/platform/period";
import { forYouRefusal } from "@regulars/core/tenants/edition";
import type { Customer } from "@regulars/core/customers/customer";
import type { Person } from "@regulars/core/customers/person";
import type { User } from "@regulars/core/access/user";
import type { StoredFinding } from "@regulars/core/insights/stored-finding";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { TenantMeasures } from "@regulars/core/insights/tenant-measures";
import { measuresFor } from "@regulars/flows/insights/measures";
import { wholeFindings } from "@regulars/flows/insights/whole-findings";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Day, Instant } from "@regulars/core/platform/values";
import { type DayText, type FindingRow, dayText, rowsOf } from "./finding-row.ts";
import { contactIdOf } from "@regulars/flows/insights/note-contact";
import type { OpenTenant } from "../page/open-tenant.ts";
import { type UndoLine, undoLine } from "./undo-line.ts";

/** One finding, open or resolved. */
export interface FindingPage {
  readonly words: PageWords;
  readonly tenant: Tenant;
  readonly title: string;
  readonly itemName: string | undefined;
  readonly customer: Customer;
  readonly rep: User | undefined;
  readonly persons: readonly Person[];
  readonly asOf: DayText;
  /** Today in the tenant's time zone. */
  readonly today: Day;
  /** `undefined` when the last nightly run no longer found it. */
  readonly found: FoundNow | undefined;
  /** The viewer's last action on it, while it can be undone. */
  readonly undo: UndoLine | undefined;
  /** When somebody marked it as contacted. */
  readonly contactedOn: DayText | undefined;
  /** Other findings of the last nightly run for this customer. */
  readonly others: readonly (FindingRow & { readonly title: string })[];
}

export interface FoundNow {
  readonly finding: EvaluatedFinding;
  readonly line: WordedLine;
}

const unknown = (id: string) =>
  refuse("unknown-finding", `There is no finding "${id}". Check the address, or open it from the rep's page.`);

/** A finding as of the last nightly run. */
export async function readFindingPage(
  opened: OpenTenant,
  id: string,
  links: Links,
  now: Instant,
): Promise<Result<FindingPage>> {
  const { tenant, words, catalog, store } = opened;
  const gated = forYouRefusal(tenant);
  if (gated !== undefined) return gated;
  const address = parseFindingId(id);
  const kind = catalog.kindOf(address?.kind ?? "");
  const nightly = await store.lastNightly();
  const customerId = address && customerIdOf(address.subject);
  if (address === undefined || customerId === undefined || kind === undefined) return unknown(id);
  if (nightly === undefined)
    return refuse("no-nightly-run", `There has been no nightly run for tenant ${tenant.tenantId} yet.`);
  const snapshot = await store.snapshotOf(customerId, { asOf: nightly.asOf });
  if (snapshot === undefined || !(await opened.scope()).canSee(snapshot.customer)) return unknown(id);

  const { customer } = snapshot;
  const users = await store.users();
  const stored = await wholeFindings(store, snapshot);
  const all = evaluated(opened, customer, stored, nightly.asOf, await measuresFor(store, nightly.asOf));
  const finding = all.find((one) => one.id === findingId(address));
  const call =
    finding &&
    (await opened.whole.records.findActivity(contactIdOf({ findingId: finding.id, episode: finding.episode })));
  const rep = users.find(({ userId }) => userId === (finding?.repId ?? customer.repId));
  const persons = await store.personsOf(customer.customerId);
  const itemIds = itemIdsOf(address.subject);
  const itemName = itemIds.length === 0 ? undefined : itemNameOf(address.subject, await store.itemNames(itemIds));
  const surroundings = { words, tenant, customer, rep, persons, itemName };
  return ok({
    ...surroundings,
    title: words.kindTitle(kind.id) ?? kind.title,
    asOf: dayText(words.formats, nightly.asOf),
    today: localDay(now, tenant.timeZone),
    undo: await undoLine(opened, id, now),
    contactedOn: call && dayText(words.formats, call.occurredOn),
    found: finding && { finding, line: lineOf(finding, { ...surroundings, catalog }, links) },
    others: await othersOf(
      opened,
      all.filter((one) => one !== finding),
    ),
  });
}

function evaluated(
  { tenant, catalog }: OpenTenant,
  customer: Customer,
  findings: readonly StoredFinding[],
  asOf: Day,
  measures: TenantMeasures,
): readonly EvaluatedFinding[] {
  const kinds = new Map(catalog.configure(tenant).map((kind) => [kind.id, kind]));
  const context = evaluationContextFor(customer, tenant, asOf, measures);
  return findings.flatMap((stored) => {
    const kind = kinds.get(stored.kind);
    return kind === undefined ? [] : [reevaluate(stored, kind, context)];
  });
}

interface Surroundings extends Pick<FindingPage, "words" | "tenant" | "customer" | "rep" | "persons" | "itemName"> {
  readonly catalog: InsightCatalog;
}

function lineOf(finding: EvaluatedFinding, surroundings: Surroundings, links: Links): WordedLine {
  const kind = surroundings.catalog.kindOf(finding.kind);
  if (kind === undefined) throw new Error(`finding ${finding.id} is of a kind that does not exist`);
  const line = composeLine(finding, { ...surroundings, kind, links, isNew: false });
  return wordLine(line, surroundings.catalog.textOf, surroundings.words.formats, formatsOf(surroundings.tenant.locale));
}

async function othersOf(opened: OpenTenant, findings: readonly Finding[]): Promise<FindingPage["others"]> {
  const rows = await rowsOf(opened, findings, []);
  return [...rows].map(([finding, row]) => ({
    ...row,
    title: opened.words.kindTitle(finding.kind) ?? opened.catalog.titleOf(finding.kind),
  }));
}
