import { actorId } from "@regulars/core/access/actor";
import { toInstant } from "@regulars/core/platform/values";
import type { ChangeStamp } from "@regulars/core/tenants/change-log";
import type { Context } from "hono";
import type { ApiEnv } from "./environment.ts";

/** Who changes something with this request, and when. */
export const stampOf = ({ var: { runtime, actor } }: Context<ApiEnv>): ChangeStamp => ({
  at: toInstant(runtime.clock()),
  by: actorId(actor),
});
