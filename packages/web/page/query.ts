import { type Day, instantSchema, parseDay } from "@regulars/core/platform/values";
import type * as z from "zod";
import type { ReadQuery, Unused } from "./read-query.ts";
import type { PageContext } from "./viewer.ts";

/**
 * The query of a page's address. What the page reads of it is noted, so that it can say what of a mangled address it did
 * not use.
 */
export function queryOf(c: PageContext): Readonly<Record<string, string>> {
  const { names } = readOf(c);
  return new Proxy(c.req.query(), {
    get(query, name) {
      if (typeof name === "string") names.add(name);
      return Reflect.get(query, name);
    },
    // Only what the page has used of its query is copied into links and forms.
    ownKeys: (query) => Reflect.ownKeys(query).filter((name) => typeof name === "string" && names.has(name)),
  });
}

/** A part of the query as `read` understands it; `undefined`, and said on the page, when it does not. */
export function readIn<T>(
  c: PageContext,
  name: string,
  read: (text: string) => T | undefined,
  allowed?: Unused["allowed"],
): T | undefined {
  const text = queryOf(c)[name] ?? "";
  if (text === "") return undefined;
  const value = read(text);
  if (value === undefined) unusable(c, name, allowed);
  return value;
}

/** One of the choices, by its text in the query; `undefined`, and said on the page, when it is none of them. */
export const choiceIn = <T>(c: PageContext, name: string, choices: readonly T[]): T | undefined =>
  readIn(
    c,
    name,
    (text) => choices.find((choice) => String(choice) === text),
    () => listOf(choices),
  );

/** Most choices that are named. */
const MOST_CHOICES = 12;
const listOf = (choices: readonly unknown[]): string =>
  [...choices.slice(0, MOST_CHOICES), ...(choices.length > MOST_CHOICES ? ["…"] : [])].map(String).join(", ");

/** Whether a filter of one click is on. */
export const isOn = (c: PageContext, name: string): boolean => choiceIn(c, name, [1]) !== undefined;

/** A whole number by its text in the query; `undefined`, and said on the page, when it is none. */
export const numberIn = (c: PageContext, name: string): number | undefined =>
  readIn(
    c,
    name,
    (text) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined),
    (words) => words.say("page.aNumber"),
  );

/** The index of the first row that a page shows; the first one, and said on the page, when the text is no index. */
export const indexIn = (c: PageContext, name: string): number => numberIn(c, name) ?? 0;

/** A place in a list by time: what begins with an instant. `undefined`, and said on the page, when it is none. */
export const placeIn = (c: PageContext, name: string): string | undefined =>
  readIn(c, name, (text) => (instantSchema.safeParse(text.split("#")[0]).success ? text : undefined));

/** A day by its text in the query; `undefined`, and said on the page, when it is none. */
export const dayIn = (c: PageContext, name: string): Day | undefined =>
  readIn(
    c,
    name,
    (text) => {
      const day = parseDay(text);
      return day.ok ? day.value : undefined;
    },
    (words) => words.say("page.aDay"),
  );

/** A day that is over, by its text in the query; `last` is the last one. */
export function pastDayIn(c: PageContext, name: string, last: Day): Day | undefined {
  const given = dayIn(c, name);
  if (given === undefined || given <= last) return given;
  unusable(c, name, (words) => words.say("page.aPastDay"));
  return undefined;
}

/** Whether something of the query cannot be used. */
export const isMangled = (c: PageContext): boolean => readOf(c).unusable.length > 0;

/** What of the query a schema takes; each part that it refuses is left out, and said on the page. */
export function usableQuery<T>(c: PageContext, schema: z.ZodType<T>, given: object = queryOf(c)): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const wrong = new Set(parsed.error.issues.map(({ path: [name] }) => String(name)));
  const left = Object.entries(given).filter(([name]) => !wrong.has(name));
  if (left.length === Object.keys(given).length) throw parsed.error;
  for (const name of wrong) unusable(c, name);
  return usableQuery(c, schema, Object.fromEntries(left));
}

/** Notes a part of the query that cannot be used, once however often it is read. */
export function unusable(c: PageContext, name: string, allowed?: Unused["allowed"], why = ""): void {
  const { unusable: noted } = readOf(c);
  if (noted.some((one) => one.name === name)) return;
  noted.push({ name, value: queryOf(c)[name] ?? "", allowed, why });
}

function readOf(c: PageContext): ReadQuery {
  const known = c.var.query ?? { names: new Set<string>(), unusable: [] };
  c.set("query", known);
  return known;
}

/** An address with some parts of its query changed, or taken out where the new value is `undefined`. */
export function changedAddress(address: string, change: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(address, "https://own.invalid");
  for (const [name, value] of Object.entries(change))
    if (value === undefined) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  return `${url.pathname}${url.search}`;
}
