import type { User } from "@regulars/core/access/user";
import type { CallListStore } from "@regulars/core/code-red/call-list";
import { profilesOnce } from "@regulars/core/customers/profiles-once";
import type { FindingLists } from "@regulars/core/insights/finding-lists";
import { customerIdOf } from "@regulars/core/insights/subject";
import type { NightParts } from "@regulars/core/nightly/night-parts";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { Person } from "@regulars/core/customers/person";
import { monthsOf } from "@regulars/core/insights/tenant-measures";
import type { CustomerId, Day } from "@regulars/core/platform/values";
import type { OptOut } from "@regulars/core/relationships/opt-out";
import type { People } from "../customers/people.ts";
import type { Key } from "../engine/key.ts";
import type { Operations } from "../engine/operations.ts";
import type { PublishedEvents } from "../engine/published-events.ts";
import type { Keys } from "../keys.ts";
import type { StoredOutbox } from "../notifications/outbox.ts";
import type { StoredPreferences } from "../notifications/preferences.ts";
import type { Sales } from "../sales-figures/sales-figures.ts";
import type { CustomerSnapshotReader } from "../snapshots/snapshots.ts";
import { type Heads, KeptReads, noHeads, onceFor } from "../tenants/heads.ts";
import type { FindingOwners } from "./finding-owners.ts";
import type { Findings } from "./findings.ts";
import type { Measures } from "./measures.ts";

interface NightlyParts {
  readonly parts: NightParts;
  readonly shards: readonly number[];
  readonly people: People;
  readonly snapshots: CustomerSnapshotReader;
  readonly findings: Findings;
  readonly findingOwners: FindingOwners;
  readonly outbox: StoredOutbox;
  readonly preferences: StoredPreferences;
  readonly sales: Sales;
  readonly measures: Measures;
  readonly users: () => Promise<readonly User[]>;
  readonly heads: Heads;
  readonly optOuts: () => Promise<readonly OptOut[]>;
  readonly operations: Operations;
  readonly keys: Keys;
  readonly callList: CallListStore;
  readonly findingLists: FindingLists;
  readonly events: PublishedEvents;
}

/** What every list and card asks for first: the last night's record, the measures of a day, and whose card it is. */
export const cardKeys = (keys: Keys, asOf: Day, customerId: CustomerId | undefined): readonly Key[] => [
  keys.nightly(),
  ...monthsOf(asOf).map(keys.measuresOf),
  ...(customerId === undefined ? [] : [keys.snapshotPart(customerId, { part: "profile" })]),
];

/** What nightly runs and the readers of their findings ask the store for. */
export const nightlyStore = ({
  parts,
  shards,
  people,
  snapshots,
  findings,
  findingOwners,
  outbox,
  preferences,
  sales,
  measures,
  callList,
  findingLists,
  events,
  users,
  heads,
  optOuts,
  operations,
  keys,
}: NightlyParts): NightlyStore => ({
  ...readOnce(heads, findings, people),
  parts,
  hasMoreCustomers: (most) => snapshots.hasMoreCustomers(most),
  callList,
  findingLists,
  isEventWanted: () => events.isWanted(),
  publish: (event) => events.publish(event),
  shards,
  users,
  optOuts,
  readAhead: ({ asOf, customerId, scope, owners, reps = false }) =>
    operations.readAhead([
      ...(reps ? [keys.findingReps()] : []),
      ...cardKeys(keys, asOf, customerId),
      ...(scope === undefined ? [] : [keys.salesFiguresOf(scope)]),
      ...(owners ?? []).map((owner) => keys.findingList(owner, 0)),
    ]),
  preferences: () => preferences.all(),
  snapshots: (shard, at, options) => snapshots.ofShard(shard, at, options),
  snapshotOf: (customerId, at, onUnreadable) => snapshots.ofCustomer(customerId, at, onUnreadable),
  itemNames: (itemIds) => people.itemNames(itemIds),
  saveFindings: async (changes) => {
    await findingOwners.note(changes.put.map(({ repId }) => repId));
    if (changes.put.some(({ subject }) => customerIdOf(subject) === undefined)) await findingOwners.noteOthers();
    return findings.save(changes);
  },
  repsWithFindings: () => findingOwners.reps(),
  noteRepsWithFindings: (reps, isWhole) => findingOwners.keep(reps, isWhole),
  finding: (address) => findings.find(address),
  findingsAboutStatuses: (customerId) => findings.aboutStatuses(customerId),
  ofRep: (repId, onUnreadable) => findings.ofRep(repId, onUnreadable),
  queueNotifications: (notifications) => outbox.queue(notifications),
  releaseHeld: (...held) => outbox.releaseHeld(...held),
  resolvedSince: (from) => findings.resolvedSince(from),
  sales: () => sales.all(),
  salesOf: (scope) => sales.of(scope),
  saveSales: (figures) => sales.replace(figures),
  measuresOf: (month) => measures.of(month),
  keepMeasures: (given) => measures.keep(given),
  replaceMeasures: (given) => measures.replace(given),
  saveNightly: (record) => findings.saveNightly(record),
});

/** Customers whose persons a process keeps. */
const MOST_CUSTOMERS = 5_000;
const keptPersons = new KeptReads<readonly Person[]>("customers", MOST_CUSTOMERS);

/** What a request that only reads asks for once, or not at all while nothing has changed. */
function readOnce(
  heads: Heads,
  findings: Findings,
  people: People,
): Pick<NightlyStore, "lastNightly" | "profiles" | "personsOf"> {
  const profiles = (customerIds: readonly CustomerId[]) => people.profiles(customerIds);
  return {
    lastNightly: onceFor(heads, () => findings.lastNightly()),
    personsOf: (customerId) => keptPersons.read(heads, () => people.personsOf(customerId), customerId),
    profiles: heads === noHeads ? profiles : profilesOnce(profiles),
  };
}
