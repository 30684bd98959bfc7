import { type Day, parseDay } from "@regulars/core/platform/values";
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
    // What is copied of a query, into a link or a form, is what the page has used of it.
    ownKeys: (query) => Reflect.ownKeys(query).filter((name) => typeof name === "string" && names.has(name)),
  });
}

/** One of the choices, by its text in the query; `undefined`, and said on the page, when it is none of them. */
export function choiceIn<T>(c: PageContext, name: string, choices: readonly T[]): T | undefined {
  const text = queryOf(c)[name] ?? "";
  const chosen = choices.find((choice) => String(choice) === text);
  if (chosen === undefined && text !== "") unusable(c, name, () => choices.map(String).join(", "));
  return chosen;
}

/** A day by its text in the query; `undefined`, and said on the page, when it is none. */
export function dayIn(c: PageContext, name: string): Day | undefined {
  const text = queryOf(c)[name] ?? "";
  const parsed = text === "" ? undefined : parseDay(text);
  if (parsed?.ok === false) unusable(c, name, (words) => words.say("page.aDay"));
  return parsed?.ok === true ? parsed.value : undefined;
}

/** A day that is over, by its text in the query; `last` is the last one. */
export function pastDayIn(c: PageContext, name: string, last: Day): Day | undefined {
  const given = dayIn(c, name);
  if (given === undefined || given <= last) return given;
  unusable(c, name, (words) => words.say("page.aPastDay"));
  return undefined;
}

/** Notes a part of the query that cannot be used. */
export function unusable(c: PageContext, name: string, allowed: Unused["allowed"]): void {
  readOf(c).unusable.push({ name, value: queryOf(c)[name] ?? "", allowed });
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
