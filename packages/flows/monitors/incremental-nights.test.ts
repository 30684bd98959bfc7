import { builtInInsights } from "@regulars/core/insights/catalog";
import { changedMonitor, deletedMonitor, newMonitor, restoredMonitor } from "@regulars/core/monitors/change-monitor";
import { ownersOf } from "@regulars/core/monitors/monitored-owners";
import { evaluationDay } from "@regulars/core/monitors/evaluation-day";
import { type MonitorBooks, monitorBooks } from "@regulars/core/monitors/monitor-books";
import { type Owner, type OwnerType, ownerIdOf, ownerTypes } from "@regulars/core/monitors/owner";
import { ownerFacts } from "@regulars/core/monitors/owner-facts";
import { noteOf } from "@regulars/core/monitors/agenda";
import { evaluateOwner } from "@regulars/core/monitors/settle";
import { type StatusMonitor, isEvaluated, newMonitorSchema, nextNumber } from "@regulars/core/monitors/status-monitor";
import { monitorSettingsOf } from "@regulars/core/monitors/tenant-settings";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { addDays } from "@regulars/core/platform/period";
import {
  type CustomerId,
  type Day,
  type DayNumber,
  activityIdSchema,
  customerIdSchema,
  day,
  personIdSchema,
  projectIdSchema,
  saleIdSchema,
  toDay,
  toDayNumber,
  toInstant,
} from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { describe, expect, it } from "vitest";
import { type Below, oneOf, seeded, storeCustomer, storeRecord } from "../../../test/fixtures/random-records.ts";
import { type TestTenant, all, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { timedCriteria } from "../../../test/fixtures/timed-criteria.ts";
import { openNightWatch } from "./night-watch.ts";
import { settleChanged } from "./settle-changed.ts";

/** Where histories begin: also before a leap day, and before clocks are put back. */
const histories = [
  { seed: 3000, start: day("2026-05-01"), timeZone: "UTC" },
  { seed: 1, start: day("2026-05-01"), timeZone: "UTC" },
  { seed: 2, start: day("2028-02-20"), timeZone: "Europe/Copenhagen" },
  { seed: 3, start: day("2026-10-24"), timeZone: "America/New_York" },
] as const;
const DAYS = 16;
const CUSTOMERS = [customerIdSchema.parse("acme"), customerIdSchema.parse("baker")] as const;

/** What a status of an owner is by evaluating everything: since when it is on, and whether it was ever settled. */
interface Reference {
  readonly since: DayNumber | undefined;
  readonly isSettled: boolean;
  /** The last night before it was evaluated no more, until it is evaluated again. */
  readonly until?: Day | undefined;
}

/**
 * A tenant of whom nights and changes settle only what they must, beside everything evaluated in full each time. Records
 * come late, ahead of their day and again; they are corrected, deleted and moved to another customer, as persons are;
 * persons and projects are made after their records; cards are changed. Monitors are made, edited, renamed, paused, deleted
 * and restored, settings are changed, the zone is another one for a day, and nights are missed.
 */
class Years {
  readonly below: Below;
  readonly store: TestTenant;
  readonly customers = CUSTOMERS;
  readonly reference = new Map<string, Reference>();
  readonly turns: string[] = [];
  readonly records: { readonly id: string; readonly kind: number; customerId: CustomerId }[] = [];
  tenant: Tenant;
  lastNight: Day | undefined;
  looked = 0;
  ids = 0;

  constructor({ seed, start, timeZone }: (typeof histories)[number]) {
    this.below = seeded(seed);
    this.store = aTenantStore({ timeZone, closures: [{ from: addDays(start, 19), to: addDays(start, 23) }] });
    this.tenant = this.store.tenant;
  }

  input(today: Day) {
    const store = this.store.another().store;
    const now = toInstant(Date.parse(`${today}T15:00:00Z`));
    const newId = () => `${(this.ids += 1)}`;
    return { tenant: this.tenant, catalog: builtInInsights, store, now, newId };
  }

  readonly monitors = () => this.store.store.monitors.monitors();

  /** Everything of a customer, whether it must be or not. */
  async full(customerId: CustomerId, asOf: Day, settles: boolean): Promise<void> {
    const { store } = this.store.another();
    const settings = monitorSettingsOf(this.tenant);
    const books = monitorBooks(await this.monitors(), settings, builtInInsights.kinds, this.tenant);
    const snapshot = await store.nightly.snapshotOf(customerId, { asOf });
    if (snapshot === undefined) return;
    const persons = await store.nightly.personsOf(customerId);
    const owners = ownersOf({ snapshot, findings: [], persons }, books);
    const those = owners.map(({ owner }) => owner);
    this.leave(customerId, those, books, asOf);
    for (const { owner, input } of owners) {
      const book = books.books.get(owner.type);
      if (book === undefined) continue;
      const before = [...book.criteria.keys()].flatMap((statusId) => {
        const known = this.reference.get(nameOf(statusId, owner));
        if (known === undefined || !known.isSettled) return [];
        const settledOn = toDayNumber(known.until ?? this.lastNight ?? asOf);
        return [[statusId, { on: known.since !== undefined, since: known.since, settledOn }] as const];
      });
      const on = toDayNumber(asOf);
      const { settled } = evaluateOwner({ book, facts: ownerFacts(input), before: new Map(before), asOf: on });
      for (const [statusId, { value, turns }] of settled) {
        const name = nameOf(statusId, owner);
        const isSettled = settles || value.on || this.reference.get(name)?.isSettled === true;
        this.reference.set(name, { since: value.since, isSettled });
        this.turns.push(...turns.map((one) => `${name} ${one.type} ${toDay(one.on)} since ${toDay(one.since)}`));
      }
    }
  }

  /** Who is not at a customer any more has left. They count as settled there when they come back. */
  leave(customerId: CustomerId, owners: readonly Owner[], { monitors }: MonitorBooks, asOf: Day): void {
    const here = new Set(owners.map((owner) => `${owner.type} ${customerId} ${ownerIdOf(owner)}`));
    for (const [name, { since, isSettled }] of this.reference) {
      const [statusId = "", type = "", whose = "", ownerId = ""] = name.split(" ");
      const isEvaluatedNow = [...monitors.keys()].some((id) => id === statusId);
      if (whose !== customerId || !isEvaluatedNow || here.has(`${type} ${whose} ${ownerId}`)) continue;
      if (since !== undefined) this.turns.push(`${name} left ${asOf} since ${toDay(since)}`);
      this.reference.set(name, { since: undefined, isSettled });
    }
  }

  async everybody(today: Day): Promise<void> {
    const days = await this.evaluationDays(today);
    await settleChanged({ ...this.input(today), isEverybody: true });
    for (const [customerId, asOf] of days) await this.full(customerId, asOf, true);
  }

  /** Only what must be looked at is unpacked; `full` looks at all. */
  async night(asOf: Day): Promise<void> {
    const input = this.input(addDays(asOf, 1));
    const days = new Map<CustomerId, Day>();
    for (const customerId of this.customers) days.set(customerId, await this.dayFor(customerId, asOf));
    const watch = await openNightWatch(input, asOf);
    const shards = new Set(this.customers.map(input.store.statuses.shardOf));
    for (const shard of shards)
      for await (const snapshot of input.store.nightly.snapshots(shard, { asOf }, { repair: true })) {
        const records = (): ReturnType<typeof snapshot.records> => {
          this.looked += 1;
          return snapshot.records();
        };
        await watch?.see({ ...snapshot, records }, []);
      }
    await watch?.end();
    await input.store.nightly.saveNightly({ asOf, customers: 1, kinds: {} });
    for (const [customerId, on] of days) await this.full(customerId, on, true);
    this.lastNight = asOf;
  }

  async write(today: Day): Promise<void> {
    const { below, store, records } = this;
    const old = records[below(records.length * 2)];
    const customerId = old?.customerId ?? oneOf(below, CUSTOMERS);
    const on = addDays(today, [0, -1, -below(80), -below(20), below(30)][below(5)] ?? 0);
    if (old !== undefined && old.kind > 0 && below(2) === 0)
      await store.store.records.remove((["sales", "activities", "requests"] as const)[old.kind - 1] ?? "sales", old.id);
    else {
      const kind = old?.kind ?? below(4);
      const id = old?.id ?? `r${records.length}`;
      const there = old !== undefined && below(3) === 0 ? oneOf(below, CUSTOMERS) : customerId;
      await storeRecord(store, kind, { customerId: there, id, on, below });
      if (old === undefined) records.push({ id, kind, customerId });
      else old.customerId = there;
    }
    await this.changed(today);
  }

  /** A card is changed, or a person or a project is another customer's from now on. */
  async move(today: Day): Promise<void> {
    const { below, store } = this;
    const customerId = oneOf(below, CUSTOMERS);
    const name = `${oneOf(below, CUSTOMERS)}-${oneOf(below, ["eva", "kim", "bar"])}`;
    if (below(3) === 0)
      await store.store.imports.saveCustomers([
        { customerId, name: `moved ${today}`, category: oneOf(below, ["Customer", "Prospect"]) },
      ]);
    else if (name.endsWith("bar"))
      await store.store.imports.saveProjects([{ projectId: projectIdSchema.parse(name), customerId, name }]);
    else await store.store.imports.savePersons([{ personId: personIdSchema.parse(name), customerId, name }]);
    await this.changed(today);
  }

  /** A person and a project become known long after their records. */
  async newcomers(today: Day): Promise<void> {
    const { imports } = this.store.store;
    const customerId = oneOf(this.below, CUSTOMERS);
    const [personId, projectId] = [personIdSchema.parse("lee"), projectIdSchema.parse("new")];
    const on = addDays(today, -50);
    const occurredAt = toInstant(Date.parse(`${on}T12:00:00Z`));
    const call = { customerId, personId, type: "call", direction: "in", completed: true } as const;
    const activityId = activityIdSchema.parse("of-lee");
    await imports.saveActivities([{ ...call, activityId, occurredAt, occurredOn: on }]);
    await imports.saveSales([
      { saleId: saleIdSchema.parse("of-new"), customerId, projectId, status: "sold", saleOn: on },
    ]);
    await this.changed(today);
    await imports.savePersons([{ personId, customerId, name: "Lee" }]);
    await imports.saveProjects([{ projectId, customerId, name: "New" }]);
    await this.changed(today);
  }

  /** What the rebuild job does; of those that nothing has changed nothing is written. */
  async changed(today: Day): Promise<void> {
    const days = await this.evaluationDays(today);
    await settleChanged({ ...this.input(today), customerIds: this.customers });
    for (const [customerId, asOf] of days) await this.full(customerId, asOf, false);
  }

  /** Today where the tenant is, or the later day that a customer was settled for already. */
  async evaluationDays(today: Day): Promise<ReadonlyMap<CustomerId, Day>> {
    const now = this.input(today);
    const asOf = evaluationDay(this.lastNight, now.now, this.tenant);
    const days = new Map<CustomerId, Day>();
    for (const customerId of this.customers) days.set(customerId, await this.dayFor(customerId, asOf));
    return days;
  }

  /** The day itself, or the next one where a customer was settled for it already. */
  async dayFor(customerId: CustomerId, asOf: Day): Promise<Day> {
    const { statuses } = this.store.another().store;
    const { values } = await statuses.statusesOf(customerId);
    const note = noteOf(await statuses.agendaOf(statuses.shardOf(customerId)), customerId);
    const next = addDays(asOf, 1);
    return [values?.settledOn, note?.settledOn].includes(next) ? next : asOf;
  }

  /** The tenant's zone becomes one where it is tomorrow, and on the same day the old one again. */
  async travel(today: Day): Promise<void> {
    const { timeZone } = this.tenant;
    this.tenant = { ...this.tenant, timeZone: "Pacific/Kiritimati" };
    await this.night(today);
    for (let left = 6; left > 0; left -= 1) await this.write(today);
    this.tenant = { ...this.tenant, timeZone };
    for (let left = 6; left > 0; left -= 1) await this.write(today);
    await this.define(today);
  }

  async define(today: Day): Promise<void> {
    const { below } = this;
    const { monitors } = this.store.store;
    const known = await this.monitors();
    const found = known[below(known.length * 2)];
    if (found === undefined) {
      const ownerType = oneOf(below, ownerTypes);
      await this.create(ownerType, below(timedCriteria[ownerType].length));
    } else await monitors.save(this.edited(found, today));
    this.forget(await this.monitors(), this.lastNight ?? addDays(today, -1));
    await this.everybody(today);
  }

  async create(ownerType: OwnerType, index: number): Promise<void> {
    const statusId = monitorIdSchema.parse(`${ownerType}-${index}`);
    const criteria = timedCriteria[ownerType][index];
    const given = newMonitorSchema.parse({ name: statusId, ownerType, criteria });
    await this.store.store.monitors.create(
      newMonitor(statusId, given, nextNumber(await this.store.store.monitors.monitors())),
    );
  }

  edited(monitor: StatusMonitor, today: Day): StatusMonitor {
    const { below, lastNight } = this;
    const when = { today, lastNight };
    if (monitor.deletedAt !== undefined) return restoredMonitor(monitor, today);
    const others = timedCriteria[monitor.ownerType].filter((one) => !JSON.stringify(one).includes("hasStatus"));
    switch (below(4)) {
      case 0:
        return changedMonitor(monitor, { criteria: others[below(others.length)] }, when);
      case 1:
        return changedMonitor(monitor, { name: `renamed ${today}` }, when);
      case 2:
        return changedMonitor(monitor, { isActive: !monitor.isActive }, when);
      default:
        return deletedMonitor(monitor, toInstant(Date.parse(`${today}T15:00:00Z`)), when);
    }
  }

  /** A status that is not evaluated any more keeps only who has it, for its return. */
  forget(monitors: readonly StatusMonitor[], until: Day): void {
    const evaluated = new Set<string>(monitors.filter(isEvaluated).map(({ statusId }) => statusId));
    for (const [name, { since, ...known }] of this.reference)
      if (evaluated.has(name.split(" ", 1)[0] ?? "")) continue;
      else if (since === undefined) this.reference.delete(name);
      else this.reference.set(name, { until, ...known, since });
  }

  async setting(today: Day): Promise<void> {
    const { below, tenant } = this;
    const periods = { company: [oneOf(below, [10, 30, 45]), 60], person: [30], project: [30] };
    this.tenant = { ...tenant, monitors: { periods, ordersAreSales: below(2) === 0 } };
    await this.everybody(today);
  }

  async different(): Promise<readonly string[]> {
    const evaluated = new Set((await this.monitors()).filter(isEvaluated).map(({ statusId }) => statusId));
    const stored: string[] = [];
    for (const customerId of this.customers) {
      const { values } = await this.store.store.statuses.statusesOf(customerId);
      for (const { statusId, ownerType, ownerId = customerId, since } of values?.held ?? [])
        if (evaluated.has(statusId)) stored.push(`${statusId} ${ownerType} ${customerId} ${ownerId} ${since}`);
    }
    const expected = [...this.reference].flatMap(([name, { since }]) =>
      since !== undefined && evaluated.has(monitorIdSchema.parse(name.split(" ", 1)[0]))
        ? [`${name} ${toDay(since)}`]
        : [],
    );
    return [
      ...stored.filter((one) => !expected.includes(one)).map((one) => `stored: ${one}`),
      ...expected.filter((one) => !stored.includes(one)).map((one) => `missing: ${one}`),
    ];
  }

  async log(): Promise<readonly string[]> {
    const entries = await Promise.all(
      this.customers.map((customerId) => all(this.store.store.statuses.statusLog(customerId))),
    );
    return entries
      .flat()
      .map(({ statusId, owner, type, on, since }) => `${nameOf(statusId, owner)} ${type} ${on} since ${since}`);
  }
}

const nameOf = (statusId: string, owner: Owner): string =>
  `${statusId} ${owner.type} ${owner.customerId} ${ownerIdOf(owner)}`;

describe("nights that look only at whom they must", () => {
  it.each(histories)("BX09: settle as if everything were evaluated in full each time (%o)", async (history) => {
    const years = new Years(history);
    for (const customerId of years.customers) await storeCustomer(years.store, customerId, years.below);
    await years.create("person", 0);
    await years.create("project", 0);
    await years.everybody(history.start);
    const different: string[] = [];
    let isNewcomers = true;
    let isTravelling = true;
    for (let index = 0; index < DAYS; index += 1) {
      const today = addDays(history.start, index);
      if (index < 6) await years.define(today);
      for (let left = years.below(4); left > 0; left -= 1) await years.write(today);
      if (years.below(2) === 0) await years.move(today);
      if (index > 6 && isNewcomers) {
        isNewcomers = false;
        await years.newcomers(today);
      }
      if (years.below(4) === 0) await years.define(today);
      if (years.below(9) === 0) await years.setting(today);
      if (index > 4 && isTravelling) {
        isTravelling = false;
        await years.travel(today);
      } else if (years.below(5) > 0) await years.night(today);
      different.push(...(await years.different()).map((one) => `${today} ${one}`));
      if (different.length > 0) break;
    }
    expect(different).toEqual([]);
    expect((await years.log()).toSorted()).toEqual(years.turns.toSorted());
  });
});
