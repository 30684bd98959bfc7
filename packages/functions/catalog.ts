import { builtInInsights } from "@regulars/core/insights/catalog";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Runtime } from "./runtime.ts";

/** The insight kinds of a tenant: the built-in ones, unless the runtime has others. */
export const catalogOf = (runtime: Pick<Runtime, "catalogOf">, tenant: Tenant): InsightCatalog =>
  runtime.catalogOf?.(tenant) ?? builtInInsights;
