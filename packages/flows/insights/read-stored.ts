import type { Customer } from "@regulars/core/customers/customer";
import type { Users } from "@regulars/core/customers/list-scope";
import { profilesOnce } from "@regulars/core/customers/profiles-once";
import { evaluationContextFor, publish, reevaluate } from "@regulars/core/insights/evaluate";
import type { StoredFinding } from "@regulars/core/insights/stored-finding";
import { type Subject, customerIdOf } from "@regulars/core/insights/subject";
import type { TenantMeasures } from "@regulars/core/insights/tenant-measures";
import type { NightlyRecord } from "@regulars/core/nightly/nightly-store";
import type { CustomerId, UserId } from "@regulars/core/platform/values";
import { viewOfDay } from "@regulars/core/snapshots/as-of";
import type { CustomersSetAside } from "./customers-set-aside.ts";
import { type LeftFindings, leftFindings } from "./left-findings.ts";
import { type FindingList, type ListInput, customersOf, isFound, isWanted } from "./list-input.ts";
import { measuresFor } from "./measures.ts";
import { ofToday, storedCandidates } from "./stored-candidates.ts";

interface Night {
  readonly nightly: NightlyRecord;
  /** The customers that have changed since, where the findings of owners are asked for. */
  readonly changed: ReadonlyMap<CustomerId, string> | undefined;
  /** The users with findings; `undefined` where it is not known who they are. */
  readonly withFindings: ReadonlySet<UserId> | undefined;
  readonly users: Users;
  readonly setAside: CustomersSetAside;
}

type Found = Pick<FindingList, "findings" | "customers">;

/** The findings that the last nightly run has stored, as they are on its day. */
export async function readStored(input: ListInput, night: Night): Promise<Found> {
  const { tenant, store, catalog, filter } = input;
  const { nightly, users, setAside } = night;
  const { asOf } = nightly;
  const measures = await measuresFor(store, asOf);
  const left = await leftOf(input, night, measures);
  const found = left?.stored ?? (await candidatesOf(input, night));
  const customers = new Map((left?.listed ?? []).map(({ customer }) => [customer.customerId, customer]));
  const profiles = profilesOnce(store.profiles, customers);
  const read = await profiles(customersOf(found));
  const profileOf = (subject: Subject): Customer | undefined => {
    const customerId = customerIdOf(subject);
    return customerId === undefined ? undefined : read.get(customerId);
  };
  const stored = found
    .map((finding) => ofToday(finding, profileOf(finding.subject), users))
    .filter((finding) => isWanted(finding, filter) && isListed(input, finding));
  const kinds = new Map(catalog.configure(tenant).map((kind) => [kind.id, kind]));
  const evaluated = stored.flatMap((finding) => {
    const kind = kinds.get(finding.kind);
    if (kind === undefined) return [];
    const context = evaluationContextFor(profileOf(finding.subject), tenant, asOf, measures);
    const evaluate = () => publish(reevaluate(finding, kind, context));
    const customerId = customerIdOf(finding.subject);
    const one = customerId === undefined ? evaluate() : setAside.attempt(customerId, evaluate);
    return one !== undefined && isFound(one, filter, finding.foundOn) ? [one] : [];
  });
  const listed = (left?.listed ?? []).filter(
    ({ finding, foundOn }) => isWanted(finding, filter) && isFound(finding, filter, foundOn),
  );
  return {
    findings: [...listed.map(({ finding }) => finding), ...evaluated],
    customers: new Map([...customers, ...read]),
  };
}

/** The findings as the run has left them in lists; `undefined` where they are read one by one. */
async function leftOf(
  { tenant, catalog, store, filter, reps, now }: ListInput,
  { nightly, changed, withFindings, users, setAside }: Night,
  measures: TenantMeasures,
): Promise<LeftFindings | undefined> {
  const at = viewOfDay(nightly.asOf, tenant, now);
  if (changed === undefined || withFindings === undefined || !at.ok) return undefined;
  const wanted = filter.repId === undefined ? [...(reps ?? withFindings)] : [filter.repId];
  const owners = [
    ...wanted.filter((userId) => withFindings.has(userId)),
    ...(filter.repId === undefined ? [undefined] : []),
  ];
  const listing = { tenant, catalog, store, users, measures, nightly, changed };
  return leftFindings(listing, { owners, at: at.value, onUnreadable: setAside.add });
}

const candidatesOf = (
  { store, filter: wanted, reps }: ListInput,
  { nightly: { asOf }, changed, withFindings, users, setAside }: Night,
): Promise<readonly StoredFinding[]> =>
  storedCandidates({
    // They have been asked for already.
    store: changed === undefined ? store : { ...store, repsWithFindings: () => Promise.resolve(withFindings) },
    wanted,
    reps,
    users: new Set(users.keys()),
    asOf,
    onUnreadable: setAside.add,
  });

/** Whether the owner's list is read: of customers that were asked about, the owner of today may be anybody. */
const isListed = ({ reps, filter }: ListInput, { repId }: Pick<StoredFinding, "repId">): boolean =>
  reps === undefined ||
  filter.address !== undefined ||
  filter.customerId !== undefined ||
  repId === undefined ||
  reps.has(repId);
