import type { InsightKind } from "../insights/define.ts";
import type { Tenant } from "../tenants/tenant.ts";
import { fnv1a } from "../platform/hash.ts";
import type { MonitorId } from "../platform/ids.ts";
import { type Criterion, leavesOf } from "./criteria.ts";
import { type OwnerType, ownerTypes } from "./owner.ts";
import { type StatusBook, compileBook } from "./status-book.ts";
import { type StatusMonitor, isEvaluated, isHeld } from "./status-monitor.ts";
import type { CounterSettings } from "./counter-settings.ts";
import type { HealthTerms } from "./health-facts.ts";

/** All monitors of a tenant that are evaluated, compiled, and what they were compiled with. */
export interface MonitorBooks {
  readonly books: ReadonlyMap<OwnerType, StatusBook>;
  readonly monitors: ReadonlyMap<MonitorId, StatusMonitor>;
  readonly settings: CounterSettings;
  readonly relationships: HealthTerms["relationships"];
  /** The kinds that find customers silent. */
  readonly silences: ReadonlySet<string>;
  /** Another one after every change of a monitor or a setting. */
  readonly stamp: string;
  /** Whether any of them asks for findings, or says them. */
  readonly readsFindings: boolean;
}

/** Compiles the monitors with the kinds that they may ask for; one that cannot be read or compiled stops no other. */
export function monitorBooks(
  all: readonly StatusMonitor[],
  settings: CounterSettings,
  kinds: readonly Pick<InsightKind, "id" | "groupsItems">[],
  { relationships, closures }: Pick<Tenant, "relationships" | "closures">,
): MonitorBooks {
  const evaluated = all.filter(isEvaluated);
  const held = all.filter(isHeld);
  const bookOf = (ownerType: OwnerType): StatusBook => {
    const { criteria, broken } = compileBook(
      new Map<string, Criterion>(
        evaluated.filter((one) => one.ownerType === ownerType).map(({ statusId, criteria: own }) => [statusId, own]),
      ),
      { ownerType, settings, kinds: kinds.map(({ id }) => id) },
    );
    const unreadable = held.flatMap((one): [string, string][] =>
      one.ownerType === ownerType && one.unreadable !== undefined ? [[one.statusId, one.unreadable]] : [],
    );
    return { criteria, broken: new Map([...broken, ...unreadable]) };
  };
  return {
    books: new Map(ownerTypes.map((ownerType) => [ownerType, bookOf(ownerType)])),
    monitors: new Map(held.map((monitor) => [monitor.statusId, monitor])),
    settings,
    relationships,
    silences: new Set(kinds.filter(({ groupsItems }) => groupsItems).map(({ id }) => id)),
    stamp: hashOf([
      held.map(({ statusId, version, unreadable }) => [
        statusId,
        version,
        ...(unreadable === undefined ? [] : [unreadable]),
      ]),
      settings,
      ...(evaluated.some(names("health")) ? [relationships, closures] : []),
    ]),
    readsFindings: evaluated.some((monitor) => names("finding.")(monitor) || saysFindings(monitor)),
  };
}

/** Whether criteria compare a field whose name begins so. */
const names =
  (begin: string) =>
  ({ criteria }: { readonly criteria: Criterion }): boolean =>
    leavesOf(criteria).some(({ leaf }) => leaf.field.startsWith(begin));

/** Whether a text says what the findings are (docs/reference/monitors.md 4). */
const saysFindings = ({ description, followUp }: StatusMonitor): boolean =>
  /<(?:risk|lost)[|>]/.test(`${description} ${followUp?.textTemplate ?? ""}`);

/** A short name of a value, for comparing. */
export const hashOf = (value: unknown): string => fnv1a(JSON.stringify(value)).toString(36);
