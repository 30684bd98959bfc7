import { weekdays } from "@regulars/core/notifications/preferences";
import type { Member } from "@regulars/core/sales-plans/member";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import type { FormField } from "../page/form-reason.ts";
import { type FormRow, filledRows, rowsIn, rowsOf, rowsView } from "../page/form-rows.ts";
import type { FormTexts } from "../page/form.ts";
import type { Html } from "../page/layout.ts";

/**
 * When a member gets leads, as rows of a form: weekdays with two times, and days off. `of` tells the rows of one of
 * several members from the others'.
 */

const dayPart = (day: number): string => `day${day}`;
/** A field for a time has no 24:00: the end of a day is the beginning of the next. */
const [DAY_ENDS, IN_FIELD] = ["24:00", "00:00"] as const;

const hoursRows = (hours: Member["hours"]): readonly FormRow[] =>
  rowsOf(
    hours.map(({ days, from, to }) => ({
      ...Object.fromEntries(days.map((day) => [dayPart(day), "on"])),
      from,
      to: to === DAY_ENDS ? IN_FIELD : to,
    })),
  );

const vacationRows = (vacations: Member["vacations"]): readonly FormRow[] =>
  rowsOf(vacations.map(({ from, to }) => ({ from, to })));

type HoursIn = Readonly<Record<"from" | "to", string>> & { readonly days: readonly number[] };
type DaysOffIn = Readonly<Record<"from" | "to", string>>;

/** What the rows of a form say, to be checked with the rest of it; nothing of a form without the rows. */
export function availabilityIn(
  form: FormTexts,
  of = "",
): {
  readonly hours?: readonly HoursIn[];
  readonly vacations?: readonly DaysOffIn[];
} {
  const [hours, vacations] = [rowsIn(form, `hours${of}`), rowsIn(form, `vacations${of}`)];
  return {
    ...(hours && {
      hours: filledRows(hours).map(({ texts: { from = "", to = "", ...days } }) => ({
        days: weekdays.flatMap((_, i) => (days[dayPart(i + 1)] === undefined ? [] : [i + 1])),
        from,
        to: to === IN_FIELD ? DAY_ENDS : to,
      })),
    }),
    ...(vacations && {
      vacations: filledRows(vacations).map(({ texts: { from = "", to = "" } }) => ({
        from,
        to: to === "" ? from : to,
      })),
    }),
  };
}

/** The field that a place of these rows is in: `["hours", 1, "from"]`. */
export function availabilityField(
  form: FormTexts,
  path: readonly PropertyKey[],
  words: PageWords,
  of = "",
): FormField | undefined {
  const { say } = words;
  const [list, index, part] = path.map(String);
  if (list !== "hours" && list !== "vacations") return undefined;
  const rows = rowsIn(form, `${list}${of}`) ?? [];
  const filled = filledRows(rows);
  const row = filled[Number(index)] ?? filled[0];
  if (row === undefined) return undefined;
  // A day off without an end is a single day: what is wrong with it is in its start.
  const isEnd = part === "to" && (list === "hours" || (row.texts["to"] ?? "") !== "");
  const isStart = part === "from" || list === "vacations";
  const field = isEnd ? "to" : isStart ? "from" : dayPart(1);
  const what = say(isEnd ? "rows.to" : isStart ? "rows.from" : "rows.weekdays");
  const label = say("rows.part", { name: say(`plans.${list}`), numb: rows.indexOf(row) + 1, part: what });
  return { name: `${list}${of}.${row.number}.${field}`, label };
}

/** Both lists of a member, filled with what is stored, or with a form that was sent. */
export const availabilityView = (
  { hours, vacations }: Pick<Member, "hours" | "vacations">,
  filled: FormTexts,
  words: PageWords,
  of = "",
): Html =>
  html`${hoursView(hours, filled, words, of)}
  ${rowsView(
    {
      name: `vacations${of}`,
      title: words.say("plans.vacations"),
      rows: rowsIn(filled, `vacations${of}`) ?? vacationRows(vacations),
      draw: (texts, nameOf) => fromTo("date", texts, nameOf, words),
    },
    words,
  )}`;

/** Weekdays with two times, filled with what is stored, or with a form that was sent. */
export const hoursView = (hours: Member["hours"], filled: FormTexts, words: PageWords, of = ""): Html =>
  rowsView(
    {
      name: `hours${of}`,
      title: words.say("plans.hours"),
      rows: rowsIn(filled, `hours${of}`) ?? hoursRows(hours),
      draw: (texts, nameOf) =>
        html`${weekdays.map(
          (day, i) =>
            html`<label
              ><input
                type="checkbox"
                name="${nameOf(dayPart(i + 1))}"
                ${texts[dayPart(i + 1)] === undefined ? "" : html`checked`}
              />
              ${words.say(`shortDay.${day}`)}</label
            >`,
        )}
        ${fromTo("time", texts, nameOf, words)}`,
    },
    words,
  );

const fromTo = (
  type: "time" | "date",
  texts: FormRow["texts"],
  nameOf: (part: string) => string,
  { say }: PageWords,
): Html =>
  html`${(["from", "to"] as const).map((part) => html`<label>${say(`rows.${part}`)} <input type="${type}" name="${nameOf(part)}" value="${texts[part] ?? ""}" /></label>`)}`;
