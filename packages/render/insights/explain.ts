import type { Finding } from "@regulars/core/insights/finding";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { Formats } from "../texts/formats.ts";
import { writeText } from "../texts/write-text.ts";

/** The reason for a finding in one line of numbers; empty when its kind is not in the catalog. */
export function explain(
  { kind: id, evidence }: Pick<Finding, "kind" | "evidence">,
  itemName: string,
  catalog: InsightCatalog,
  formats: Formats,
): string {
  const kind = catalog.kindOf(id);
  return kind === undefined ? "" : writeText(kind.why(evidence, itemName), catalog.textOf, formats);
}
