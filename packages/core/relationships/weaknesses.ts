import type { Closure } from "../platform/closure.ts";
import { compareText } from "../platform/compare.ts";
import { type Day, type PersonId, dayNumber, toDay, toDayNumber } from "../platform/values.ts";
import { type ActivityColumns, COMPLETED, KINDS, personColumns, unionColumns } from "../snapshots/activity-columns.ts";
import { ANSWERS, ASKS, EFFECTS, REPLIES, TELLS, holdsOn, silenceIn, silencesOf, waitIn, waitsOf } from "./caps.ts";
import type { Grade } from "./grades.ts";
import { HealthOfTimeline } from "./health.ts";
import type { HealthSettings } from "./health-settings.ts";

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

/** A person's last messages, if nothing has answered them. */
interface OpenRuns {
  readonly theirs: number[];
  readonly ours: number[];
}

/** The weaknesses of one customer on any day. Activities after a day may clear what waits on it, and raise nothing. */
export class CustomerWeaknesses {
  readonly #activities: ActivityColumns;
  readonly #context: WeaknessContext;
  /** By the index of the person in `activities.persons`. */
  readonly #openRuns: readonly OpenRuns[];
  readonly #union: HealthOfTimeline;
  readonly #firstDay: number | undefined;
  #allSpells: readonly OfPerson[] | undefined;

  constructor(activities: ActivityColumns, context: WeaknessContext) {
    this.#activities = activities;
    this.#context = context;
    this.#openRuns = openRunsOf(activities);
    const union = unionColumns(activities);
    this.#union = new HealthOfTimeline(union, context);
    this.#firstDay = union.count === 0 ? undefined : union.day[0];
  }

  /** What nothing has ended yet and holds on a day. */
  #open(of: keyof OpenRuns, spellIn: typeof waitIn, day: number): OfPerson[] {
    return this.#openRuns.flatMap((runs, nth) => {
      const personId = this.#activities.persons[nth];
      const spell = spellIn({ messages: runs[of], to: Infinity }, this.#context);
      return personId === undefined || spell === undefined || !holdsOn(spell, day) ? [] : [{ ...spell, personId }];
    });
  }

  /** All spells, ended ones too. They are computed for weak customers only, which are few, to say since when. */
  get #spells(): readonly OfPerson[] {
    this.#allSpells ??= personColumns(this.#activities).flatMap((timeline, nth) => {
      const personId = this.#activities.persons[nth];
      const spells = [...waitsOf(timeline, this.#context), ...silencesOf(timeline, this.#context)];
      return personId === undefined ? [] : spells.map((spell) => ({ ...spell, personId }));
    });
    return this.#allSpells;
  }

  /** Whether there has been any contact up to a day. */
  isKnown(asOf: Day): boolean {
    return this.#firstDay !== undefined && this.#firstDay <= toDayNumber(asOf);
  }

  /** What to act on first comes first: the longest wait, a fall, the most messages without a reply. */
  on(asOf: Day): readonly Weakness[] {
    const day = toDayNumber(asOf);
    const waits = this.#open("theirs", waitIn, day)
      .map(({ since, personId }): Of<"waits"> => ({ reason: "waits", since: toDay(since), personId }))
      .toSorted((a, b) => compareText(a.since, b.since) || compareText(a.personId, b.personId));
    const silences = this.#open("ours", silenceIn, day)
      .map(({ since, personId, messages }): Of<"no-reply"> => {
        const count = messages.filter((sent) => sent <= day).length;
        return { reason: "no-reply", since: toDay(since), personId, messages: count };
      })
      .toSorted((a, b) => b.messages - a.messages || compareText(a.personId, b.personId));
    return [...waits, ...this.#weakening(asOf), ...silences];
  }

  /** The first day of the unbroken run, up to `asOf`, of days on which something was weak. */
  weakSince(asOf: Day): Day {
    let since = toDayNumber(asOf);
    while (since > (this.#firstDay ?? since) && this.#isWeak(since - 1)) since = dayNumber(since - 1);
    return toDay(since);
  }

  #isWeak(day: number): boolean {
    const holds = (spell: OfPerson): boolean => holdsOn(spell, day);
    return this.#spells.some(holds) || this.#union.isWeakening(day);
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

const BOTH = ANSWERS + REPLIES;

/**
 * Each person's latest messages without an answer, or a reply, by the index of the person. Read from the end, so that
 * few contacts are looked at.
 */
function openRunsOf({ count, day, head, person, persons }: ActivityColumns): readonly OpenRuns[] {
  const openRuns = persons.map((): OpenRuns => ({ theirs: [], ours: [] }));
  // What has ended a person's runs: ANSWERS, REPLIES or both.
  const ended = new Uint8Array(persons.length);
  let left = persons.length;
  for (let i = count - 1; i >= 0 && left > 0; i -= 1) {
    const place = (person[i] ?? 0) - 1;
    const before = ended[place] ?? BOTH;
    const one = head[i] ?? 0;
    const effects = (one & COMPLETED) === 0 ? 0 : (EFFECTS[one % KINDS] ?? 0);
    if (before === BOTH || effects === 0) continue;
    const now = before | (effects & BOTH);
    if ((now & ANSWERS) === 0 && (effects & ASKS) !== 0) openRuns[place]?.theirs.push(day[i] ?? 0);
    if ((now & REPLIES) === 0 && (effects & TELLS) !== 0) openRuns[place]?.ours.push(day[i] ?? 0);
    ended[place] = now;
    if (now === BOTH) left -= 1;
  }
  return openRuns.map(({ theirs, ours }) => ({ theirs: theirs.toReversed(), ours: ours.toReversed() }));
}
