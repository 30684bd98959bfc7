import { isRecord } from "@regulars/core/platform/is-record";

/**
 * Values that are alike, each as what differs from the one before: `[value]` where it is another one altogether, else an
 * object with what differs in each of its names.
 */
export const toDifferences = (values: readonly unknown[]): readonly unknown[] =>
  values.map((value, i) => (i === 0 ? [value] : (differenceOf(values[i - 1], value) ?? {})));

/** The values again. */
export function fromDifferences(differences: readonly unknown[]): readonly unknown[] {
  let before: unknown;
  return differences.map((difference) => (before = applied(before, difference)));
}

type Fields = Readonly<Record<string, unknown>>;

function differenceOf(before: unknown, value: unknown): unknown {
  if (!isRecord(before) || !isRecord(value) || !haveSameNames(before, value))
    return JSON.stringify(before) === JSON.stringify(value) ? undefined : [value];
  const changed = Object.entries(value).flatMap(([name, one]) => {
    const difference = differenceOf(before[name], one);
    return difference === undefined ? [] : [[name, difference] as const];
  });
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}

/** A name without a value is none: JSON leaves it out. */
const namesOf = (fields: Fields): readonly string[] => Object.keys(fields).filter((name) => fields[name] !== undefined);

function haveSameNames(a: Fields, b: Fields): boolean {
  const [before, names] = [namesOf(a), namesOf(b)];
  return before.length === names.length && before.every((name, i) => name === names[i]);
}

function applied(before: unknown, difference: unknown): unknown {
  if (Array.isArray(difference)) return difference[0];
  if (!isRecord(difference)) throw new TypeError("is no difference");
  if (!isRecord(before)) return before;
  return Object.fromEntries(
    Object.entries(before).map(([name, one]) => [
      name,
      Object.hasOwn(difference, name) ? applied(one, difference[name]) : one,
    ]),
  );
}
