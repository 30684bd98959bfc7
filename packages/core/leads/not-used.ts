import type * as z from "zod";
import type { NotUsed } from "../deals/not-used.ts";
import { cutText } from "../platform/cut-text.ts";
import { type ItemError, pathText } from "../platform/field-error.ts";
import { schemaErrors } from "../platform/schema-errors.ts";
import { isDeeperThan } from "../sales-plans/custom-fields.ts";
import { type LeadPayload, leadPayloadSchema } from "./lead-payload.ts";

type Path = readonly PropertyKey[];

/** A lead, and the parts of its payload that cannot be used. */
export interface UsableLead {
  readonly lead: LeadPayload;
  readonly notUsed: readonly NotUsed[];
}

/** A payload has no more places than this that are looked at one by one; the rest of a worse one is refused. */
const MOST_ROUNDS = 30;
/** The most characters that are kept of a value. */
const MOST_KEPT = 200;
/** Values nested deeper are not kept. */
const MOST_DEEP = 16;
const MOST_NOT_USED = 20;

/**
 * A payload without the cells that cannot be used, each kept with its reason: what is not needed never refuses a lead
 * (docs/reference/sales-plans.md 7). `undefined` when nothing is left that tells who it is about.
 */
export function readUsable(payload: unknown): UsableLead | undefined {
  let rest = payload;
  const notUsed: NotUsed[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const parsed = leadPayloadSchema.safeParse(rest);
    if (parsed.success) return { lead: parsed.data, notUsed: notUsed.slice(0, MOST_NOT_USED) };
    const before = notUsed.length;
    for (const issue of parsed.error.issues)
      for (const path of droppable(issue)) {
        if (valueAt(rest, path) === undefined) continue;
        notUsed.push(noted(issue, path, rest));
        rest = without(rest, path);
      }
    if (notUsed.length === before) return undefined;
  }
  return undefined;
}

/** The places of an issue that can be left out: never the payload itself or its person. */
function droppable(issue: z.core.$ZodIssue): readonly Path[] {
  const keys = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  return keys
    .map((path) => path.slice(0, firstIndex(path)))
    .filter((path) => path.length > 0 && !(path.length === 1 && path[0] === "person"));
}

/** A list is left out as a whole: without one of its values it would say something else. */
function firstIndex(path: Path): number {
  const at = path.findIndex((step) => typeof step === "number");
  return at === -1 ? path.length : at;
}

function noted(issue: z.core.$ZodIssue, path: Path, payload: unknown): NotUsed {
  const errors = schemaErrors([issue], payload);
  const at = pathText(path);
  const { code, message } = errors.find((error) => error.path === at) ??
    errors[0] ?? { code: "bad-value", message: "cannot be used" };
  return keptOf({ path: at, code, message }, valueAt(payload, path));
}

/** A refused cell with its value as text, shortened. */
export const keptOf = ({ path, code, message }: ItemError, value: unknown): NotUsed => ({
  path,
  code,
  message,
  value: cutText(textOf(value).toWellFormed(), MOST_KEPT - 1),
});

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return isDeeperThan(value, MOST_DEEP) ? "(nested too deeply)" : (JSON.stringify(value) ?? "");
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, step) => (isMap(at) && Object.hasOwn(at, step) ? Reflect.get(at, step) : undefined), value);

const isMap = (value: unknown): value is Record<PropertyKey, unknown> => typeof value === "object" && value !== null;

/** A copy of a value without what is at the path. */
export function without(value: unknown, [step, ...rest]: Path): unknown {
  if (!isMap(value) || Array.isArray(value) || step === undefined) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      if (name !== step) return [[name, inner]];
      return rest.length === 0 ? [] : [[name, without(inner, rest)]];
    }),
  );
}
