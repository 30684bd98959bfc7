import * as z from "zod";
import { textBytes } from "../platform/text.ts";

/** What a sender may keep with a deal, as JSON (docs/reference/sales-plans.md 7). */
const MOST_BYTES = 4_096;
/** Lists and objects within each other. A store nests 32 deep at most, and nobody means more than a few. */
const MOST_DEEP = 16;
/** Smaller ones than this are no figures that anybody wrote. */
const LEAST_NUMBER = 1e-100;

interface Wrong {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Whether a value has lists and objects within each other beyond a depth. Looks no deeper than that. */
export const isDeeperThan = (value: unknown, most: number): boolean =>
  typeof value === "object" &&
  value !== null &&
  (most === 0 || Object.values(value).some((inner) => isDeeperThan(inner, most - 1)));

/** The first thing of each name that cannot be kept and given back as it was sent. */
function wrongOf(fields: Readonly<Record<string, unknown>>): readonly Wrong[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    if (!name.isWellFormed()) return [{ path: [name], message: "has half a character in its name" }];
    if (isDeeperThan(value, MOST_DEEP - 1))
      return [{ path: [name], message: `has lists and objects within each other more than ${MOST_DEEP} deep` }];
    const wrong = wrongIn(value, [name]);
    return wrong === undefined ? [] : [wrong];
  });
}

function wrongIn(value: unknown, path: readonly PropertyKey[]): Wrong | undefined {
  if (typeof value === "string" && !value.isWellFormed()) return { path, message: "has half a character in it" };
  if (typeof value === "number" && !isKept(value))
    return { path, message: "is a number that cannot be kept exactly: send it as text" };
  if (typeof value !== "object" || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(name) : name];
    if (!name.isWellFormed() || name === "" || name === "__proto__")
      return { path: at, message: "has a name that cannot be kept" };
    const wrong = wrongIn(inner, at);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** Whole numbers as long as they are exact, others while they are of a size that is kept. */
const isKept = (value: number): boolean =>
  Math.abs(value) <= Number.MAX_SAFE_INTEGER && (value === 0 || Math.abs(value) >= LEAST_NUMBER);

/** A lead's own fields: JSON that can be kept as it is. A refusal names the path of each value that cannot. */
export const customFieldsSchema = z.record(z.string().min(1).max(100), z.unknown()).superRefine((fields, context) => {
  const wrong = wrongOf(fields);
  for (const { path, message } of wrong) context.addIssue({ code: "custom", path: [...path], message });
  if (wrong.length === 0 && textBytes(JSON.stringify(fields)) > MOST_BYTES)
    context.addIssue({ code: "custom", message: `is larger than ${MOST_BYTES} bytes` });
});
