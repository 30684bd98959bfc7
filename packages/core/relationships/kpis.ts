import { type Activity, activityTypes, directions, isCounted } from "../customers/activity.ts";
import type { Closure } from "../platform/closure.ts";
import { addDays } from "../platform/period.ts";
import { compareText } from "../platform/compare.ts";
import { type Day, type PersonId, toDay, toDayNumber } from "../platform/values.ts";
import { groupsOf, interactionsOf } from "../snapshots/interactions.ts";
import { KPI_DAYS } from "./breadth.ts";
import { waitsOf, workingDaysAfter } from "./caps.ts";
import { type EmployeeView, mayShow } from "./employee-figures.ts";
import { type ResponseTime, responseTimesOf } from "./response-times.ts";
import { timelinesOf, withoutFloods } from "./timeline.ts";

/** Contacts of seven days: all, and those of one direction. */
interface KpiWeek {
  readonly from: Day;
  readonly count: number;
  readonly in: number;
  readonly out: number;
}

/** The figures of 90 days (docs/reference/relationships.md 4). */
export interface Kpis {
  readonly days: number;
  readonly counts: readonly {
    readonly type: Activity["type"];
    readonly direction: Activity["direction"];
    readonly count: number;
  }[];
  /** The history of the contacts, the oldest week first; the last one ends on the as-of day, the first has what is left. */
  readonly weeks: readonly KpiWeek[];
  /** Stored and shown, counted nowhere. */
  readonly automatic: number;
  /** Counted here, but not for the score: e-mails of a day, direction and person past the third. */
  readonly overDailyLimit: number;
  /** E-mails sent for each one received; absent without one received. */
  readonly sentPerReceived: number | undefined;
  readonly lastOn: Day | undefined;
  /** The next planned contact. */
  readonly nextOn: Day | undefined;
  readonly topPersons: readonly { readonly personId: PersonId; readonly count: number }[];
  readonly longestWait: { readonly personId: PersonId; readonly since: Day; readonly workingDays: number } | undefined;
  /** Figures of employees' work: `undefined` of too few employees to be shown. */
  readonly ourResponse: ResponseTime | undefined;
  readonly theirResponse: ResponseTime;
  readonly ourMinutes: number | undefined;
  readonly theirMinutes: number;
  /** Known persons without any contact in the window. */
  readonly silentPersons: readonly PersonId[];
}

interface KpiContext {
  readonly asOf: Day;
  readonly timeZone: string;
  readonly closures: readonly Closure[];
  readonly persons: readonly PersonId[];
  /** Not opted out: others are contacts of the customer, and are not named. */
  readonly isNamed: (personId: PersonId) => boolean;
  readonly employees: EmployeeView;
}

const WEEK_DAYS = 7;
const TOP_PERSONS = 3;
const READ_MINUTES = 2.5;
const WRITE_MINUTES = 5;

/** Of activities up to any day: later ones are the next contact only. */
export function kpisOf(activities: readonly Activity[], context: KpiContext): Kpis {
  const { asOf, persons } = context;
  const after = addDays(asOf, -KPI_DAYS);
  const past = activities.filter((one) => one.completed && one.occurredOn <= asOf);
  const inWindow = past.filter((one) => one.occurredOn > after);
  const groups = groupsOf(inWindow);
  const firsts = groups.flatMap(([first]) => first ?? []);
  const views = interactionsOf(inWindow);
  const mails = firsts.filter(({ type }) => type === "email");
  const [received, sent] = [mailsOf(mails, "in"), mailsOf(mails, "out")];
  const counts = countsOf(firsts);
  const messages = inWindow.filter((one) => one.type === "email" && isCounted(one)).toSorted(byInstant);
  const perPerson = [...timelinesOf(views)]
    .filter(([personId]) => context.isNamed(personId))
    .map(([personId, timeline]) => ({ personId, count: timeline.length }));
  const longest = longestWaitOf(past, context);
  return {
    days: KPI_DAYS,
    counts,
    weeks: weeksOf(firsts, asOf),
    automatic: inWindow.filter((one) => !isCounted(one)).length,
    overDailyLimit: [...timelinesOf(views).values()].reduce(
      (sum, timeline) => sum + timeline.length - withoutFloods(timeline).length,
      0,
    ),
    sentPerReceived: received === 0 ? undefined : Math.round((100 * sent) / received) / 100,
    lastOn: past
      .filter(isCounted)
      .map(({ occurredOn }) => occurredOn)
      .toSorted()
      .at(-1),
    nextOn: activities
      .filter((one) => isCounted(one) && one.occurredOn > asOf)
      .map(({ occurredOn }) => occurredOn)
      .toSorted()[0],
    topPersons: perPerson
      .toSorted((a, b) => b.count - a.count || compareText(a.personId, b.personId))
      .slice(0, TOP_PERSONS),
    longestWait: longest,
    theirResponse: responseTimesOf(messages, context).theirs,
    theirMinutes: minutesOf(groups).theirs,
    ...workOf(groups, messages, context),
    silentPersons: persons.filter((personId) => !perPerson.some((one) => one.personId === personId)).toSorted(),
  };
}

const byInstant = (a: Activity, b: Activity): number =>
  compareText(a.occurredAt, b.occurredAt) || compareText(a.activityId, b.activityId);

const mailsOf = (mails: readonly Activity[], direction: Activity["direction"]): number =>
  mails.filter((one) => one.direction === direction).length;

/** Whole weeks back from the as-of day, and what is left before them. */
function weeksOf(firsts: readonly Activity[], asOf: Day): readonly KpiWeek[] {
  const count = Math.ceil(KPI_DAYS / WEEK_DAYS);
  return Array.from({ length: count }, (_, i): KpiWeek => {
    const until = addDays(asOf, -WEEK_DAYS * (count - 1 - i));
    const from = addDays(until, 1 - Math.min(WEEK_DAYS, KPI_DAYS - WEEK_DAYS * (count - 1 - i)));
    const ofWeek = firsts.filter(({ occurredOn }) => occurredOn >= from && occurredOn <= until);
    const of = (direction: Activity["direction"]) => ofWeek.filter((one) => one.direction === direction).length;
    return { from, count: ofWeek.length, in: of("in"), out: of("out") };
  });
}

const countsOf = (firsts: readonly Activity[]): Kpis["counts"] =>
  activityTypes.flatMap((type) =>
    directions.flatMap((direction) => {
      const count = firsts.filter((one) => one.type === type && one.direction === direction).length;
      return count === 0 ? [] : [{ type, direction, count }];
    }),
  );

function longestWaitOf(past: readonly Activity[], { asOf, closures, isNamed }: KpiContext): Kpis["longestWait"] {
  const day = toDayNumber(asOf);
  const context = { settings: { answerWithin: 0, unansweredLimit: 1 }, closures };
  const [first] = [...timelinesOf(interactionsOf(past))]
    .filter(([personId]) => isNamed(personId))
    .flatMap(([personId, timeline]) =>
      waitsOf(timeline, context)
        .filter(({ to }) => to === Infinity)
        .map(({ since }) => ({
          personId,
          since: toDay(since),
          workingDays: workingDaysAfter(since, day, closures),
        })),
    )
    .toSorted((a, b) => compareText(a.since, b.since) || compareText(a.personId, b.personId));
  return first;
}

/** What our employees did, of those who are not out; of too few of them it is not shown. */
function workOf(
  groups: readonly (readonly Activity[])[],
  messages: readonly Activity[],
  context: KpiContext,
): Pick<Kpis, "ourResponse" | "ourMinutes"> {
  const { employees } = context;
  const isNamed = ({ userId }: Activity): boolean => userId === undefined || employees.isNamed(userId);
  const own = groups.map((group) => group.filter(isNamed)).filter((group) => group.length > 0);
  if (!mayShow(new Set(own.flat().flatMap(({ userId }) => userId ?? [])), employees))
    return { ourResponse: undefined, ourMinutes: undefined };
  return {
    ourResponse: responseTimesOf(messages.filter(isNamed), context).ours,
    ourMinutes: minutesOf(own).ours,
  };
}

/** Time for reading and writing e-mails by rule of thumb, for meetings and calls as told: ours for each of us. */
function minutesOf(groups: readonly (readonly Activity[])[]): { readonly ours: number; readonly theirs: number } {
  const mails = groups.flatMap(([first]) => (first?.type === "email" ? first : []));
  const [received, sent] = [mailsOf(mails, "in"), mailsOf(mails, "out")];
  let ours = received * READ_MINUTES + sent * WRITE_MINUTES;
  let theirs = received * WRITE_MINUTES + sent * READ_MINUTES;
  for (const group of groups) {
    const [first] = group;
    if (first === undefined || (first.type !== "meeting" && first.type !== "call")) continue;
    const minutes = Math.max(0, ...group.map(({ durationMinutes }) => durationMinutes ?? 0));
    ours += minutes * Math.max(1, new Set(group.flatMap(({ userId }) => userId ?? [])).size);
    theirs += minutes;
  }
  return { ours, theirs };
}
