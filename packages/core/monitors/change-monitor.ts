import { addDays } from "../platform/period.ts";
import type { MonitorId } from "../platform/ids.ts";
import type { Day, Instant } from "../platform/values.ts";
import type { Picture } from "./picture.ts";
import { type MonitorChange, type NewMonitor, type StatusMonitor, isEvaluated } from "./status-monitor.ts";
import { unknownIn } from "./status-template.ts";

/** A new monitor with its first version. */
export const newMonitor = (statusId: MonitorId, given: NewMonitor, number?: number): StatusMonitor => ({
  ...given,
  statusId,
  ...optional("number", number),
  version: 1,
  criteriaVersion: 1,
});

/** When a monitor is changed: the day, and that of the last nightly run that has evaluated statuses. */
export interface ChangeDay {
  readonly today: Day;
  readonly lastNight: Day | undefined;
}

/** A monitor after a change. Whether anybody's status may change with it shows in `criteriaVersion`. */
export function changedMonitor(monitor: StatusMonitor, change: MonitorChange, when: ChangeDay): StatusMonitor {
  const { told, followUp, criteria, ...plain } = change;
  const { followUp: formerFollowUp, criteria: formerCriteria, unreadable: _mended, ...former } = monitor;
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  const next: StatusMonitor = {
    ...former,
    ...given,
    told: {
      forYou: told?.forYou ?? former.told.forYou,
      digest: told?.digest ?? former.told.digest,
      alert: told?.alert ?? former.told.alert,
    },
    ...optional("followUp", followUp === undefined ? formerFollowUp : (followUp ?? undefined)),
    ...optional("criteria", criteria === undefined ? formerCriteria : (criteria ?? undefined)),
  };
  if (isEvaluated(next) && !isEvaluated(monitor))
    return nextVersion(monitor, { ...next, resumedIn: monitor.version + 1 });
  return nextVersion(monitor, isEvaluated(next) ? next : withSettledUntil(monitor, next, when));
}

/** A monitor that is evaluated no more remembers the last night that has evaluated it. */
const withSettledUntil = (
  before: StatusMonitor,
  next: StatusMonitor,
  { today, lastNight = addDays(today, -1) }: ChangeDay,
): StatusMonitor => (isEvaluated(before) ? { ...next, settledUntil: lastNight } : next);

/** A monitor with another picture, or without one. */
export function withPicture(
  { picture: _former, unreadable: _mended, ...monitor }: StatusMonitor,
  picture?: Picture,
): StatusMonitor {
  return { ...monitor, ...optional("picture", picture), version: monitor.version + 1 };
}

/** A monitor that nobody has any more, until it is restored. */
export const deletedMonitor = (monitor: StatusMonitor, deletedAt: Instant, when: ChangeDay): StatusMonitor =>
  nextVersion(monitor, withSettledUntil(monitor, { ...monitor, deletedAt }, when));

/** A deleted monitor as it was. Who has had the status since before is not told of it as new. */
export function restoredMonitor({ deletedAt, ...monitor }: StatusMonitor, restoredOn: Day): StatusMonitor {
  return nextVersion(
    { ...monitor, ...optional("deletedAt", deletedAt) },
    { ...monitor, restoredOn, resumedIn: monitor.version + 1 },
  );
}

/** What of a monitor's texts is no variable of its owners: it stays as it is written, and is told when it is saved. */
export function textWarnings({ description, followUp, ownerType }: StatusMonitor): readonly string[] {
  const texts = [
    ["description", description],
    ["followUp.textTemplate", followUp?.textTemplate ?? ""],
  ] as const;
  return texts.flatMap(([path, text]) =>
    unknownIn(text, ownerType).map((token) => `${path}: ${token} is no variable of a ${ownerType}: it stays as it is`),
  );
}

function nextVersion(before: StatusMonitor, next: StatusMonitor): StatusMonitor {
  const version = before.version + 1;
  const { unreadable: _mended, ...saved } = next;
  const isAnother = evaluated(before) !== evaluated(saved);
  return { ...saved, version, criteriaVersion: isAnother ? version : before.criteriaVersion };
}

/** All that decides who has the status. */
const evaluated = ({ criteria, isActive, deletedAt, unreadable }: StatusMonitor): string =>
  JSON.stringify([criteria ?? null, isActive, deletedAt ?? null, unreadable ?? null]);

const optional = <Name extends string, T>(name: Name, value: T | undefined): { readonly [N in Name]?: T } =>
  (value === undefined ? {} : { [name]: value }) as { readonly [N in Name]?: T };
