import { idOfSegment } from "@regulars/core/platform/id-text";
import type { SelectionContext } from "@regulars/flows/monitors/selection-context";
import { selectingIn } from "@regulars/flows/monitors/selecting";
import type { Context } from "hono";
import { effectsOf } from "../../effects.ts";
import type { ApiEnv } from "../http/environment.ts";

/** What flows of selections need of a request. */
export function selectionContextOf(c: Context<ApiEnv>): SelectionContext {
  const { tenant, catalog, store, runtime } = c.var;
  const { clock, newId } = effectsOf(runtime.clock, runtime.elapsed);
  const { selections, nightly, records } = store;
  return { tenant, selections, nightly, records, ...selectingIn({ tenant, catalog, store, clock }), clock, newId };
}

export const selectionIdOf = (c: Context<ApiEnv>): string => idOfSegment(c.req.param("selectionId") ?? "");
