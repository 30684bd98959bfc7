import type { Member } from "@regulars/core/sales-plans/member";

/** Hours of a member as one line of a form: "1-5 09:00-18:00; 6 10:00-14:00", with 1 for Monday. */
export const hoursText = (hours: Member["hours"]): string =>
  hours.map(({ days, from, to }) => `${daysText(days)} ${from}-${to}`).join("; ");

/** "1-5" for days that follow each other, else "1,3,5". */
function daysText(days: readonly number[]): string {
  const sorted = days.toSorted((a, b) => a - b);
  const [first = 1, last = 1] = [sorted[0], sorted.at(-1)];
  return sorted.length > 2 && last - first === sorted.length - 1 ? `${first}-${last}` : sorted.join(",");
}

/** Reads such a line; what cannot be read stays as it is, and is refused with the rest of the form. */
export const hoursOf = (text: string): readonly object[] =>
  partsOf(text).map((part) => {
    const [, days = "", from = "", to = ""] = /^([1-7,\s-]+)\s+(\d\d:\d\d)\s*-\s*(\d\d:\d\d)$/.exec(part) ?? [];
    return { days: days.split(",").flatMap(daysOf), from, to };
  });

function daysOf(text: string): readonly number[] {
  const [first = Number.NaN, last = first] = text.split("-").map((day) => Number(day.trim()));
  return Number.isInteger(first) && Number.isInteger(last) && last >= first
    ? Array.from({ length: last - first + 1 }, (_, i) => first + i)
    : [];
}

/** Days off as one line: "2026-12-24 2026-12-31; 2027-02-01 2027-02-05". */
export const vacationsText = (vacations: Member["vacations"]): string =>
  vacations.map(({ from, to }) => `${from} ${to}`).join("; ");

export const vacationsOf = (text: string): readonly object[] =>
  partsOf(text).map((part) => {
    const [from = "", to = from] = part.split(/\s+/);
    return { from, to };
  });

const partsOf = (text: string): readonly string[] =>
  text
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "");
