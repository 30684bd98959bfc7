import type { Customer } from "../customers/customer.ts";
import type { Person } from "../customers/person.ts";
import { type Level, levels } from "../insights/finding.ts";
import type { StoredFinding } from "../insights/stored-finding.ts";
import { digitsOfCode } from "../platform/currencies.ts";
import type { CustomerRecords } from "../snapshots/customer-records.ts";
import type { History } from "../snapshots/history.ts";
import type { ProjectView } from "../snapshots/project-view.ts";
import type { CounterSettings } from "./counter-settings.ts";
import type { LevelsAhead } from "./levels-ahead.ts";
import { type HealthTerms, healthFacts, noHealth } from "./health-facts.ts";
import { orderSales } from "./order-sales.ts";
import type { FieldValue, OwnerInput } from "./owner-facts.ts";

/** What statuses read of a finding. */
export type FindingState = Pick<StoredFinding, "kind" | "subject" | "level" | "state">;

interface CompanySnapshot {
  readonly customer: Customer;
  readonly history: History;
  readonly findings: readonly FindingState[];
  readonly levelsAhead?: LevelsAhead | undefined;
  readonly records: () => CustomerRecords;
}

/** What the health at a customer depends on, as its snapshot and its tenant have it. */
export const healthTermsOf = (
  {
    customer,
    history,
    outPersons,
  }: Pick<CompanySnapshot, "customer"> &
    Pick<HealthTerms, "outPersons"> & { readonly history: Pick<History, "closures"> },
  relationships: HealthTerms["relationships"],
): HealthTerms => ({ relationships, category: customer.category, closures: history.closures, outPersons });

/** A customer as its snapshot holds it, with its orders as sales if the tenant wants that. */
export function companyInput(
  { customer, history, findings, levelsAhead, records }: CompanySnapshot,
  { ordersAreSales }: Pick<CounterSettings, "ordersAreSales">,
  health: HealthTerms,
): OwnerInput {
  const { activities: told, sales, requests, ordersAhead } = records();
  // An interaction that is told for several persons is one of the company.
  const activities = told.filter(({ joinsPrevious }) => joinsPrevious !== true);
  return {
    ownerType: "company",
    card: cardOf(customer),
    records: {
      activities,
      sales: ordersAreSales ? [...orderSales(history, ordersAhead), ...sales] : sales,
      requests,
    },
    levels: levelsOf(findings),
    levelsAhead,
    health: healthFacts(activities, health),
  };
}

/** A person at a customer, with the records that name them. */
export function personInput(
  person: Person,
  { activities, requests }: Pick<CustomerRecords, "activities" | "requests">,
  health: HealthTerms,
): OwnerInput {
  const isTheirs = ({ personId }: { readonly personId?: string | undefined }) => personId === person.personId;
  const theirs = activities.filter(isTheirs);
  return {
    ownerType: "person",
    card: cardOf(person),
    records: { activities: theirs, sales: [], requests: requests.filter(isTheirs) },
    health: health.outPersons.has(person.personId) ? noHealth : healthFacts(theirs, health),
  };
}

/** A project of a customer. Amounts are in whole units of their currency; a margin needs two of the same. */
export function projectInput(
  project: ProjectView,
  customerId: string,
  { sales }: Pick<CustomerRecords, "sales">,
): OwnerInput {
  const { projectId, name, status, revenue, cost } = project;
  const hasMargin = revenue !== undefined && cost !== undefined && revenue.currency === cost.currency;
  return {
    ownerType: "project",
    card: {
      projectId,
      customerId,
      name,
      projectStatus: status,
      revenue: inUnits(revenue),
      cost: inUnits(cost),
      margin: hasMargin ? inUnits({ minor: revenue.minor - cost.minor, currency: cost.currency }) : undefined,
    },
    records: { activities: [], sales: sales.filter((sale) => sale.projectId === projectId), requests: [] },
  };
}

const cardOf = (record: Customer | Person): Readonly<Record<string, FieldValue>> => record;

const inUnits = (amount: { readonly minor: number; readonly currency: string } | undefined): number | undefined =>
  amount === undefined ? undefined : amount.minor / 10 ** (digitsOfCode(amount.currency) ?? 0);

/** The highest level of the open findings of each kind. */
export function levelsOf(
  findings: readonly Pick<FindingState, "kind" | "level" | "state">[],
): ReadonlyMap<string, Level> {
  const highest = new Map<string, Level>();
  for (const { kind, level, state } of findings) {
    const known = highest.get(kind);
    if (state === "open" && (known === undefined || levels.indexOf(level) < levels.indexOf(known)))
      highest.set(kind, level);
  }
  return highest;
}
