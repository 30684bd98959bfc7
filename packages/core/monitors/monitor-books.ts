import { fnv1a } from "../platform/hash.ts";
import type { MonitorId } from "../platform/ids.ts";
import { type Criterion, leavesOf } from "./criteria.ts";
import { type OwnerType, ownerTypes } from "./owner.ts";
import { type StatusBook, compileBook } from "./status-book.ts";
import { type StatusMonitor, isEvaluated } from "./status-monitor.ts";
import type { CounterSettings } from "./counter-settings.ts";

/** All monitors of a tenant that are evaluated, compiled, and what they were compiled with. */
export interface MonitorBooks {
  readonly books: ReadonlyMap<OwnerType, StatusBook>;
  readonly monitors: ReadonlyMap<MonitorId, StatusMonitor>;
  readonly settings: CounterSettings;
  /** Another one after every change of a monitor or a setting. */
  readonly stamp: string;
  /** Whether any of them asks for findings. */
  readonly readsFindings: boolean;
}

/** The insight kind that tells statuses: no criterion may ask for its own findings. */
export const STATUS_KIND = "status";

/** Compiles the monitors; one that cannot be compiled stops no other. */
export function monitorBooks(
  all: readonly StatusMonitor[],
  settings: CounterSettings,
  kindIds: readonly string[],
): MonitorBooks {
  const evaluated = all.filter(isEvaluated);
  const kinds = kindIds.filter((id) => id !== STATUS_KIND);
  const bookOf = (ownerType: OwnerType): StatusBook =>
    compileBook(
      new Map<string, Criterion>(
        evaluated.filter((one) => one.ownerType === ownerType).map(({ statusId, criteria }) => [statusId, criteria]),
      ),
      { ownerType, settings, kinds },
    );
  return {
    books: new Map(ownerTypes.map((ownerType) => [ownerType, bookOf(ownerType)])),
    monitors: new Map(evaluated.map((monitor) => [monitor.statusId, monitor])),
    settings,
    stamp: hashOf([evaluated.map(({ statusId, version }) => [statusId, version]), settings]),
    readsFindings: evaluated.some(({ criteria }) =>
      leavesOf(criteria).some(({ leaf }) => leaf.field.startsWith("finding.")),
    ),
  };
}

/** A short name of a value, for comparing. */
export const hashOf = (value: unknown): string => fnv1a(JSON.stringify(value)).toString(36);

/** Whether anything is there to evaluate. */
export const hasMonitors = ({ monitors }: MonitorBooks): boolean => monitors.size > 0;
