import { isPlaced } from "./flat-lead.ts";

/** Places under these names are filled from a form's nested names; any other nested name goes to `fields`. */
const HOLDERS = new Set(["person", "deal", "source", "assign", "fields"]);
const UTM = /^utm_(\w{1,40})$/i;
/** Names are opened this deep: `source.utm.campaign`. */
const MOST_DEEP = 3;

/** A form's entry: a file counts by its name. */
export type FormEntry = readonly [name: string, value: string];

/**
 * A form as the payload of a lead (docs/reference/sales-plans.md 7). `person.email` and `person[email]` are the e-mail
 * address of the person, `utm_source` is `source.utm.source`; plain names stay flat and are placed as those of flat JSON.
 * An empty field was not filled in. A name that comes more than once, as of boxes to tick, is a list, but in a place
 * that holds one value the first counts.
 */
export function payloadOfForm(entries: Iterable<FormEntry>): Record<string, unknown> {
  const given = Map.groupBy(
    [...entries].filter(([, value]) => value.trim() !== ""),
    ([name]) => name.replace(/\[\]$/, ""),
  );
  const root = new Map<string, unknown>();
  // Long names first: then a field called "person" beside "person.email" finds its place taken, and is kept in `fields`.
  const named = [...given].map(([name, same]) => [pathOf(name), same.map(([, value]) => value)] as const);
  for (const [path, values] of named.toSorted(([a], [b]) => b.length - a.length)) put(root, path, values);
  return Object.fromEntries([...root].map(([name, value]) => [name, plain(value)]));
}

/** The steps of a name; a name that leads to no place of a lead is one step. */
function pathOf(name: string): readonly string[] {
  const utm = UTM.exec(name)?.[1];
  if (utm !== undefined) return ["source", "utm", utm.toLowerCase()];
  const steps = name.replaceAll(/\[([^\][]+)\]/g, ".$1").split(".");
  const [holder = ""] = steps;
  const isPlace = steps.length > 1 && steps.length <= MOST_DEEP && HOLDERS.has(holder) && !steps.includes("");
  return isPlace ? steps : [name];
}

function put(root: Map<string, unknown>, path: readonly string[], values: readonly string[]): void {
  const [holder = "", ...rest] = path;
  if (rest.length === 0 && HOLDERS.has(holder)) return put(root, ["fields", holder], values);
  let at = root;
  for (const step of path.slice(0, -1)) {
    const inner = at.get(step) ?? new Map<string, unknown>();
    if (!(inner instanceof Map)) return put(root, ["fields", path.join(".")], values);
    at.set(step, inner);
    at = inner;
  }
  const last = path.at(-1) ?? "";
  if (at.has(last)) return put(root, ["fields", path.join(".")], values);
  const holdsOne = path.length > 1 ? holder !== "fields" : isPlaced(holder);
  at.set(last, values.length === 1 || holdsOne ? values[0] : values);
}

const plain = (value: unknown): unknown =>
  value instanceof Map ? Object.fromEntries([...value].map(([name, inner]) => [String(name), plain(inner)])) : value;
