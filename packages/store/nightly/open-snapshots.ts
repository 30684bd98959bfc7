import { type ItemLink, onePerPair } from "@regulars/core/catalog/item-link";
import type { Item } from "@regulars/core/catalog/item";
import { memo } from "@regulars/core/platform/memo";
import type { CustomerId, ItemId, PersonId } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { ItemLinks } from "../catalog/item-links.ts";
import type { ItemNumbers } from "../catalog/item-numbers.ts";
import { openCallList } from "../code-red/call-list.ts";
import type { People } from "../customers/people.ts";
import { contentHash } from "../engine/content-hash.ts";
import type { Table } from "../engine/table.ts";
import { openFindingLists } from "../insights/finding-lists.ts";
import { ActivityReader } from "../snapshots/activities/activity-reader.ts";
import { Changes } from "../snapshots/changes.ts";
import { Rebuilder } from "../snapshots/rebuild.ts";
import { CustomerSnapshotReader } from "../snapshots/snapshots.ts";
import { type Heads, KeptReads, onceFor } from "../tenants/heads.ts";
import { openNightParts } from "./night-parts.ts";

/** What a process keeps of tenants for requests that only read. */
const kept = {
  endedItems: new KeptReads<ReadonlyMap<ItemId, Item>>("catalog"),
  links: new KeptReads<readonly ItemLink[]>("catalog"),
  catalogVersion: new KeptReads<{ readonly hash: string }>("catalog"),
  changed: new KeptReads<ReadonlyMap<CustomerId, string>>("customers"),
};

/** What a run reads of the items, once. */
const catalogReads = (people: People, links: ItemLinks, heads: Heads) => ({
  endedItems: memo(() => kept.endedItems.read(heads, () => people.endedItems())),
  links: memo(() => kept.links.read(heads, async () => onePerPair(await links.list()))),
});

/** Customer snapshots, what nightly runs leave of them for the call list, and the parts of a large tenant's night. */
export function openSnapshots(
  table: Table,
  tenant: Tenant,
  {
    people,
    numbers,
    links,
    nonPersons,
    outPersons,
    heads,
    ...rebuilding
  }: ConstructorParameters<typeof Rebuilder>[0] & {
    readonly people: People;
    readonly numbers: ItemNumbers;
    readonly links: ItemLinks;
    readonly nonPersons: () => Promise<ReadonlySet<PersonId>>;
    readonly outPersons: () => Promise<ReadonlySet<string>>;
    readonly heads: Heads;
  },
) {
  const { operations, keys } = rebuilding;
  const rebuilder = new Rebuilder(rebuilding);
  const changes = new Changes(operations, keys, () => kept.changed.known(heads));
  const catalog = catalogReads(people, links, heads);
  const { usage } = operations;
  const parts = { table, usage, keys, numbers, rebuilder, tenant, changes };
  const snapshots = new CustomerSnapshotReader({ ...parts, ...catalog, nonPersons, outPersons });
  const callList = openCallList({ operations, keys, changes, catalog: () => snapshots.catalogState() });
  const version = () =>
    kept.catalogVersion.read(heads, async () => ({ hash: contentHash(await snapshots.catalogState()) }));
  return {
    snapshots,
    activities: new ActivityReader(operations, keys, rebuilder, nonPersons),
    callList: { ...callList, changed: onceFor(heads, () => kept.changed.read(heads, callList.changed)) },
    findingLists: openFindingLists({ operations, keys, catalog: async () => (await version()).hash }),
    parts: openNightParts(operations, keys),
  };
}
