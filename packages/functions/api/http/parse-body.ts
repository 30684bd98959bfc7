import type * as z from "zod";
import { droppedNames } from "./dropped-names.ts";
import { Problem, fieldErrors } from "./problem.ts";

/** Validates a body; throws a problem with the path of each invalid field, and with what would work. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown, hint = ""): T {
  const parsed = schema.safeParse(body);
  const errors = parsed.success ? droppedNames(body, parsed.data) : fieldErrors(parsed.error, body);
  if (parsed.success && errors.length === 0) return parsed.data;
  throw new Problem({
    status: 422,
    code: "unusable-fields",
    detail: `some fields cannot be used: see errors${hint}`,
    errors,
  });
}
