import type { Closure } from "../platform/closure.ts";
import { compareText } from "../platform/compare.ts";
import { type Day, type PersonId, dayNumber, toDay, toDayNumber } from "../platform/values.ts";
import type { ActivityView } from "../snapshots/activity-view.ts";
import { holdsOn, silencesOf, waitsOf } from "./caps.ts";
import type { Grade } from "./grades.ts";
import { HealthOfTimeline } from "./health.ts";
import type { HealthSettings } from "./health-settings.ts";
import { timelinesOf, unionOf } from "./timeline.ts";

/** What makes a relationship weak, as facts that only activities change (docs/reference/relationships.md 3). */
export type Weakness =
  /** A person's message waits for an answer since a day. */
  | { readonly reason: "waits"; readonly since: Day; readonly personId: PersonId }
  /** The customer's grade of events fell on a day, and has not been that good since. */
  | { readonly reason: "fell"; readonly since: Day; readonly from: Grade; readonly to: Grade }
  /** The customer's trend falls since a day. */
  | { readonly reason: "trend-down"; readonly since: Day }
  /** A person has not replied to our last messages; since the day of the first of them. */
  | { readonly reason: "no-reply"; readonly since: Day; readonly personId: PersonId; readonly messages: number };

type Of<Reason extends Weakness["reason"]> = Extract<Weakness, { reason: Reason }>;

interface WeaknessContext {
  readonly settings: HealthSettings;
  readonly closures: readonly Closure[];
}

/** A spell of one person. */
type OfPerson = ReturnType<typeof waitsOf>[number] & { readonly personId: PersonId };

/** The weaknesses of one customer on any day. Activities after a day may clear what waits on it, and raise nothing. */
export class CustomerWeaknesses {
  readonly #waits: readonly OfPerson[];
  readonly #silences: readonly OfPerson[];
  readonly #union: HealthOfTimeline;
  readonly #firstDay: number | undefined;

  constructor(activities: readonly ActivityView[], context: WeaknessContext) {
    const union = unionOf(activities);
    const persons = [...timelinesOf(activities)];
    const spells = (of: typeof waitsOf): OfPerson[] =>
      persons.flatMap(([personId, timeline]) => of(timeline, context).map((spell) => ({ ...spell, personId })));
    this.#waits = spells(waitsOf);
    this.#silences = spells(silencesOf);
    this.#union = new HealthOfTimeline(union, context);
    this.#firstDay = union[0]?.day;
  }

  /** Whether there has been any contact up to a day. */
  isKnown(asOf: Day): boolean {
    return this.#firstDay !== undefined && this.#firstDay <= toDayNumber(asOf);
  }

  /** What to act on first comes first: the longest wait, a fall, the most messages without a reply. */
  on(asOf: Day): readonly Weakness[] {
    const day = toDayNumber(asOf);
    const isOpen = (spell: OfPerson): boolean => holdsOn(spell, day) && spell.to === Infinity;
    const waits = this.#waits
      .filter(isOpen)
      .map(({ since, personId }): Of<"waits"> => ({ reason: "waits", since: toDay(since), personId }))
      .toSorted((a, b) => compareText(a.since, b.since) || compareText(a.personId, b.personId));
    const silences = this.#silences
      .filter(isOpen)
      .map(({ since, personId, messages }): Of<"no-reply"> => {
        const count = messages.filter((sent) => sent <= day).length;
        return { reason: "no-reply", since: toDay(since), personId, messages: count };
      })
      .toSorted((a, b) => b.messages - a.messages || compareText(a.personId, b.personId));
    return [...waits, ...this.#weakening(asOf), ...silences];
  }

  /** The first of the days in a row, up to a day, on which something was weak. */
  weakSince(asOf: Day): Day {
    let since = toDayNumber(asOf);
    while (since > (this.#firstDay ?? since) && this.#isWeak(since - 1)) since = dayNumber(since - 1);
    return toDay(since);
  }

  #isWeak(day: number): boolean {
    const holds = (spell: OfPerson): boolean => holdsOn(spell, day);
    return this.#waits.some(holds) || this.#silences.some(holds) || this.#union.isWeakening(day);
  }

  #weakening(on: Day): Weakness[] {
    const steady = this.#union.steady(on);
    const down = this.#union.downSince(on);
    return [
      ...(steady?.fellOn === undefined
        ? []
        : [{ reason: "fell", since: steady.fellOn, from: steady.best, to: steady.now } as const]),
      ...(down === undefined ? [] : [{ reason: "trend-down", since: down } as const]),
    ];
  }
}
