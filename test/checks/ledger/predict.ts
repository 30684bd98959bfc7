import type { Choices, PreferencesChange } from "@regulars/core/notifications/preferences";
import { DAY_MS, localOf } from "./own-clock.ts";
import { type Held, type Level, KIND, digestDaysAfter, digestOf, newsAt, treatment, zoneOf } from "./own-reading.ts";
import { type Bill, type Rep, type Year, killedAt } from "./year.ts";

/** What arrives with whom at which minute: an alert's findings one by one, a digest with all of its lines. */
export type Arrival = string;

export const arrivalOf = (at: number, userId: string, type: string, findings: readonly string[]): Arrival =>
  `${new Date(at).toISOString().slice(0, 16)} ${userId} ${type} ${findings.toSorted().join(" ")}`;

const LEASE_MS = 6 * 60_000;
const LATE_MS = 15 * 60_000;
/** A finding is high once it is more than so many days past due. */
const HIGH_AFTER = 30;

interface Line {
  readonly bill: Bill;
  readonly level: Level;
}

interface Item {
  readonly type: "alert" | "digest";
  readonly day: number;
  readonly queuedAt: number;
  lines: Line[];
  told: Bill[];
  due: number;
  /** When it is tried next. */
  next: number;
  state: "due" | "sending" | "ended";
}

/** Every arrival with one reader in a year, told from the year's plan by a second reading of the preferences. */
export function predict(rep: Rep, { firstDay, days, tenantChanges, closed }: Year): Arrival[] {
  const arrivals: Arrival[] = [];
  const items: Item[] = [];
  const told = new Set<Bill>();
  let held: Held = { own: {}, tenant: {}, compulsions: [] };

  const levelOn = ({ dueDay }: Bill, day: number): Level => (day - dueDay + 1 > HIGH_AFTER ? "high" : "medium");
  const isOpen = ({ paidAt }: Bill, at: number): boolean => at < paidAt;
  const levelNow = (bill: Bill, at: number): Level => levelOn(bill, Math.floor(at / DAY_MS) - 1);
  const add = (type: Item["type"], day: number, at: number, due: number, lines: Line[], others: Bill[] = []): void =>
    void items.push({ type, day, queuedAt: at, lines, told: others, due, next: due, state: "due" });
  const digestFor = (day: number): Item | undefined => items.find((one) => one.type === "digest" && one.day === day);

  const night = (day: number, at: number): void => {
    // What came in after the day, until the run, counts.
    const open = rep.bills.filter((bill) => bill.dueDay <= day && isOpen(bill, at));
    const found = open.map((bill): Line => ({ bill, level: levelOn(bill, day) }));
    for (const line of found.filter(({ bill }) => day - bill.dueDay + 1 === HIGH_AFTER + 1)) {
      const answer = newsAt(held, "high", at);
      if (answer === "digest" || answer === "nothing") continue;
      told.add(line.bill);
      add("alert", day, at, answer === "now" ? at : answer.later, [line]);
    }
    const wanted = found.filter(({ level }) => newsAt(held, level, at) !== "nothing");
    if (wanted.length === 0) return;
    const isForced = wanted.some(({ level }) => treatment(held, level).isForced);
    for (const on of digestDaysAfter(held, day)) {
      const answer = digestOf(held, on, isForced, at);
      if (answer === "nothing" || answer === "digest" || digestFor(on) !== undefined) continue;
      const lines = wanted.filter(({ bill }) => !told.has(bill));
      const others = wanted.filter(({ bill }) => told.has(bill)).map(({ bill }) => bill);
      add("digest", on, at, answer === "now" ? at : answer.later, lines, others);
    }
  };

  /** Somebody's change brings forward what waits for them; the rest is decided when it is due. */
  const bringForward = (at: number): void => {
    for (const item of items.filter(({ state }) => state === "due")) {
      const answer = item.type === "digest" ? digestOf(held, item.day, false, at) : newsAt(held, "high", at);
      if (answer === "digest" || answer === "nothing") continue;
      const due = answer === "now" ? at : answer.later;
      if (due < item.due) [item.due, item.next] = [due, due];
    }
  };

  const leaveToDigest = (lines: readonly Line[], at: number): void => {
    const { day } = localOf(zoneOf(held), at);
    const answer = digestOf(held, day, false, at);
    if (answer === "nothing" || answer === "digest") return;
    const waiting = digestFor(day);
    if (waiting === undefined) add("digest", day, at, answer === "now" ? at : answer.later, [...lines]);
    if (waiting?.state !== "due") return;
    const known = new Set(waiting.lines.map(({ bill }) => bill));
    waiting.lines = [...waiting.lines, ...lines.filter(({ bill }) => !known.has(bill))];
    waiting.told = waiting.told.filter((bill) => !lines.some((line) => line.bill === bill));
  };

  const attempt = (item: Item, at: number, lines: readonly Line[]): void => {
    const receiver = item.type === "digest" ? "mail" : "slack";
    const stop = closed[receiver].find(({ from, until }) => from <= at && at < until);
    if (stop !== undefined) {
      [item.next, item.state] = [stop.until, "due"];
      return;
    }
    const killed = killedAt(rep.userId, at);
    const ids = lines.map(({ bill }) => `${KIND}:${bill.customerId}`);
    if (killed !== "before")
      arrivals.push(
        ...(item.type === "digest" ? [ids] : ids.map((id) => [id])).map((one) =>
          arrivalOf(at, rep.userId, item.type, one),
        ),
      );
    [item.next, item.state] = killed === undefined ? [Infinity, "ended"] : [at + LEASE_MS, "sending"];
  };

  const wait = (item: Item, until: number): void => {
    [item.due, item.next, item.state] = [until, until, "due"];
  };
  const end = (item: Item): void => {
    [item.next, item.state] = [Infinity, "ended"];
  };

  const tryAlert = (item: Item, at: number): void => {
    const isChecked = item.due > item.queuedAt || at - item.due >= LATE_MS;
    const [line] = item.lines;
    if (line === undefined) return;
    const isGone = isChecked && !isOpen(line.bill, at);
    const answer = isGone ? "nothing" : newsAt(held, isChecked ? levelNow(line.bill, at) : line.level, at);
    if (answer === "now") return attempt(item, at, item.lines);
    if (typeof answer === "object") return wait(item, answer.later);
    told.delete(line.bill);
    if (answer === "digest") leaveToDigest(item.lines, at);
    end(item);
  };

  const tryDigest = (item: Item, at: number): void => {
    const hasWaited = item.due > item.queuedAt;
    const isForced = item.lines.some(({ level }) => {
      const { is, isForced: forced } = treatment(held, level);
      return forced && is !== "off";
    });
    const answer = digestOf(held, item.day, isForced, at);
    if (answer === "nothing") return end(item);
    if (!hasWaited && at - item.due < LATE_MS) return attempt(item, at, item.lines);
    if (hasWaited && typeof answer === "object") return wait(item, answer.later);
    const kept = item.lines.filter(
      ({ bill }) => isOpen(bill, at) && newsAt(held, levelNow(bill, at), at) !== "nothing",
    );
    if (kept.length === 0 && !item.told.some((bill) => isOpen(bill, at))) return end(item);
    attempt(item, at, kept);
  };

  const events = [
    ...Array.from({ length: days }, (_, by) => ({
      at: (firstDay + by + 1) * DAY_MS + 3 * 3_600_000,
      night: firstDay + by,
    })),
    ...rep.changes.map(({ at, patch }) => ({ at, patch })),
    ...tenantChanges.map((tenantChange) => ({ at: tenantChange.at, tenantChange })),
  ].toSorted((a, b) => a.at - b.at);
  for (let step = 0; ;) {
    const event = events[step];
    const at = Math.min(event?.at ?? Infinity, ...items.map(({ next }) => next));
    if (at === Infinity) return arrivals;
    if (event !== undefined && event.at === at) {
      step += 1;
      if ("night" in event) night(event.night, at);
      if ("patch" in event) {
        held = { ...held, own: patched(held.own, event.patch) };
        bringForward(at);
      }
      if ("tenantChange" in event) {
        const { patch, compulsions } = event.tenantChange;
        held = { ...held, tenant: patched(held.tenant, patch), compulsions };
        bringForward(at);
      }
    }
    for (const type of ["alert", "digest"] as const)
      for (const item of items.filter((one) => one.type === type && one.next <= at))
        (type === "alert" ? tryAlert : tryDigest)(item, at);
  }
}

/** Choices after a change; null takes one back. */
function patched({ kinds = {}, ...values }: Choices, { kinds: given = {}, ...patch }: PreferencesChange): Choices {
  const after = new Map<string, unknown>(Object.entries(values));
  for (const [name, value] of Object.entries(patch))
    if (value === null) after.delete(name);
    else after.set(name, value);
  const levels = new Map<string, Record<string, unknown>>(Object.entries(kinds));
  for (const [kind, change] of Object.entries(given)) {
    const next = new Map<string, unknown>(Object.entries(levels.get(kind) ?? {}));
    for (const [level, value] of Object.entries(change))
      if (value === null) next.delete(level);
      else next.set(level, value);
    levels.set(kind, Object.fromEntries(next));
  }
  return { ...Object.fromEntries(after), kinds: Object.fromEntries(levels) };
}
