import { levels } from "../insights/finding.ts";
import { type Variable, dayOf, textOf } from "../platform/message-text.ts";
import { namesIn, parseText } from "../platform/text-parts.ts";
import { day } from "../platform/values.ts";
import type { ToldStatus } from "../snapshots/status-values.ts";
import type { FindingState } from "./snapshot-facts.ts";
import { type StatusMonitor, toldLevel } from "./status-monitor.ts";
import { type StatusCard, variablesOf } from "./status-template.ts";

/** What is told of a status that holds; `undefined` when it is told nowhere. */
export function toldStatus(monitor: StatusMonitor, card: StatusCard): ToldStatus | undefined {
  const level = toldLevel(monitor);
  if (level === undefined) return undefined;
  const { name, description, followUp, restoredOn } = monitor;
  const said = new Set([description, followUp?.textTemplate ?? ""].flatMap(namesOf));
  // Who has had the status since before it was restored has been alerted then.
  const isKnown = restoredOn !== undefined && card.since <= restoredOn;
  return {
    name,
    description,
    ...(followUp === undefined ? {} : { followUp: followUp.textTemplate }),
    variables: Object.fromEntries(
      Object.entries(typedVariables(card)).filter(
        ([variable, value]) => said.has(variable) || isOnlySettled(variable, value),
      ),
    ),
    level: isKnown && level === "high" ? "medium" : level,
    order: [levels.indexOf(monitor.level), monitor.rank],
  };
}

const namesOf = (text: string): readonly string[] => {
  const names = namesIn(parseText(text).parts);
  // The days since a sale are counted from its day when they are told.
  return names.includes("dlst") ? [...names, "lsal"] : names;
};

/** Variables that only an evaluation knows: a card shows them in texts that were changed since. */
export const settledVariables = ["lsal", "risk", "lost", "pers", "ppho", "pmai", "proj", "psta"] as const;
const onlySettled = new Set<string>(settledVariables);

const isOnlySettled = (name: string, value: Variable): boolean =>
  onlySettled.has(name) && !(value.type === "text" && value.text === "");

/** The variables before they are put into a language. What changes from day to day is added when they are told. */
function typedVariables(card: StatusCard): Record<string, Variable> {
  const { lsal: _lsal, dlst: _dlst, sinc: _sinc, ovrd: _ovrd, ...texts } = variablesOf(card);
  return {
    ...Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, textOf(value)])),
    sinc: dayOf(day(card.since)),
    lsal: card.lastSaleOn === undefined ? textOf("") : dayOf(day(card.lastSaleOn)),
    dlst: textOf(""),
    ovrd: textOf(""),
  };
}

/** What the findings of a customer say for texts: the level of its silence, and how many items it lost. */
export function findingsFor(
  findings: readonly FindingState[],
  silences: ReadonlySet<string>,
): Pick<StatusCard, "risk" | "lostItems"> {
  const open = findings.filter(({ state }) => state === "open");
  const risk = open.find(({ kind }) => silences.has(kind))?.level;
  const lostItems = open.filter(({ subject }) => subject.type === "item").length;
  return { ...(risk === undefined ? {} : { risk }), ...(lostItems === 0 ? {} : { lostItems }) };
}

/** The day of the last sale up to a day, of days as numbers. */
export const lastOf = (days: readonly number[], until: number): number | undefined => {
  const past = days.filter((on) => on <= until);
  return past.length === 0 ? undefined : Math.max(...past);
};
