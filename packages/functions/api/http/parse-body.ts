import { schemaErrors } from "@regulars/core/platform/schema-errors";
import type * as z from "zod";
import { droppedNames } from "./dropped-names.ts";
import { Problem } from "./problem.ts";

/** Validates a body; throws a problem with the path of each invalid field, and with what would work. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown, hint = ""): T {
  const parsed = schema.safeParse(body);
  const errors = parsed.success ? droppedNames(body, parsed.data) : schemaErrors(parsed.error.issues, body);
  if (parsed.success && errors.length === 0) return parsed.data;
  throw new Problem({
    status: 422,
    code: "unusable-fields",
    detail: `some fields cannot be used: see errors${hint}`,
    errors,
  });
}
