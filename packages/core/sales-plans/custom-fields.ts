import * as z from "zod";
import { textBytes } from "../platform/text.ts";

/** The most bytes of a deal's custom fields, as JSON (docs/reference/sales-plans.md 7). */
const MOST_BYTES = 4_096;
/** The deepest nesting of lists and objects. DynamoDB allows 32 levels, and real data needs only a few. */
const MOST_DEEP = 16;
/** Numbers closer to zero than this do not occur in real data. */
const LEAST_NUMBER = 1e-100;

interface Wrong {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Whether a value nests lists and objects deeper than `most`. Stops at that depth. */
export const isDeeperThan = (value: unknown, most: number): boolean =>
  typeof value === "object" &&
  value !== null &&
  (most === 0 || Object.values(value).some((inner) => isDeeperThan(inner, most - 1)));

/** The first value under each name that cannot be stored and returned exactly as it was sent. */
function wrongOf(fields: Readonly<Record<string, unknown>>): readonly Wrong[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    if (!name.isWellFormed()) return [{ path: [name], message: "has a lone surrogate in its name" }];
    if (isDeeperThan(value, MOST_DEEP - 1))
      return [{ path: [name], message: `nests lists and objects more than ${MOST_DEEP} deep` }];
    const wrong = wrongIn(value, [name]);
    return wrong === undefined ? [] : [wrong];
  });
}

function wrongIn(value: unknown, path: readonly PropertyKey[]): Wrong | undefined {
  if (typeof value === "string" && !value.isWellFormed()) return { path, message: "contains a lone surrogate" };
  if (typeof value === "number" && !isKept(value))
    return { path, message: "is a number that cannot be stored exactly: send it as text" };
  if (typeof value !== "object" || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(name) : name];
    if (!name.isWellFormed() || name === "" || name === "__proto__")
      return { path: at, message: "has a name that cannot be stored" };
    const wrong = wrongIn(inner, at);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** Whole numbers when they are exact, others when their magnitude can be stored. */
const isKept = (value: number): boolean =>
  Math.abs(value) <= Number.MAX_SAFE_INTEGER && (value === 0 || Math.abs(value) >= LEAST_NUMBER);

/** A lead's custom fields: JSON that can be stored unchanged. A refusal names the path of each value that cannot. */
export const customFieldsSchema = z.record(z.string().min(1).max(100), z.unknown()).superRefine((fields, context) => {
  const wrong = wrongOf(fields);
  for (const { path, message } of wrong) context.addIssue({ code: "custom", path: [...path], message });
  if (wrong.length === 0 && textBytes(JSON.stringify(fields)) > MOST_BYTES)
    context.addIssue({ code: "custom", message: `is larger than ${MOST_BYTES} bytes` });
});
