import { cutText } from "@regulars/core/platform/cut-text";
import { idOfSegment } from "@regulars/core/platform/id-text";
import type { Context } from "hono";
import type * as z from "zod";
import type { ApiEnv } from "./environment.ts";
import { refused } from "./problem.ts";

/** The id in the path of an order or an invoice. A text that can be no id is refused like an id that is not known. */
export function documentIdOf<Id>(c: Context<ApiEnv>, name: "order" | "invoice", idSchema: z.ZodType<Id>): Id {
  const given = idOfSegment(c.req.param(`${name}Id`) ?? "");
  const id = idSchema.safeParse(given);
  if (id.success) return id.data;
  throw refused({ reason: `unknown-${name}`, message: `there is no ${name} ${cutText(given, 200)}` });
}
