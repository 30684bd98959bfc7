import { rangesOf } from "@regulars/core/relationships/grades";
import type { Health } from "@regulars/core/relationships/health";
import type { HealthSettings } from "@regulars/core/relationships/health-settings";
import type { Weakness } from "@regulars/core/relationships/weaknesses";
import { csvCell } from "../csv.ts";
import { capText, trendText, weaknessText } from "./health-words.ts";

/** A customer of the list. */
interface Row {
  readonly customer: { readonly customerId: string; readonly name?: string | undefined };
  readonly settings: Pick<HealthSettings, "goodMin" | "fairMin">;
  readonly health: Health | undefined;
  readonly weaknesses: readonly Weakness[];
}

const HEADER = [
  "customer",
  "name",
  "score",
  "grade",
  "lowest of the grade",
  "highest of the grade",
  "limited because it",
  "trend",
  "last contact",
  "to act on",
];

/** The list as CSV with a header row; without enough data the score is empty. */
export const healthCsv = (rows: readonly Row[]): string =>
  [HEADER, ...rows.map(cellsOf)].map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");

function cellsOf({ customer, settings, health, weaknesses: [first] }: Row): string[] {
  const toActOn = first === undefined ? "" : weaknessText(first);
  const named = [customer.customerId, customer.name ?? ""];
  if (health === undefined) return [...named, "", "", "", "", "", "", "", toActOn];
  const [lowest, highest] = rangesOf(settings)[health.grade];
  return [
    ...named,
    String(health.score),
    health.grade,
    String(lowest),
    String(highest),
    health.caps.map(capText).join("; "),
    trendText(health.trend),
    health.lastOn,
    toActOn,
  ];
}
