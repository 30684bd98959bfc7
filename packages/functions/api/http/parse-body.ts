import { schemaErrors } from "@regulars/core/platform/schema-errors";
import type * as z from "zod";
import { Problem } from "./problem.ts";

/** Validates a body; throws a problem with the path of each invalid field, and with what would work. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown, hint = ""): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Problem({
    status: 422,
    code: "unusable-fields",
    detail: `some fields cannot be used: see errors${hint}`,
    errors: schemaErrors(parsed.error.issues, body),
  });
}
