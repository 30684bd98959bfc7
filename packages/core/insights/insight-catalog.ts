import type { KindBacktest } from "../backtests/kind-backtest.ts";
import type { TextSource } from "../platform/message-text.ts";
import type { Tenant } from "../tenants/tenant.ts";
import type { ConfiguredKind, InsightKind } from "./define.ts";

/** The settings of a tenant that kinds have theirs from. */
type KindSettings = Partial<Pick<Tenant, "insights" | "codeRed" | "relationships">>;

/** The insight kinds that a tenant has: those of the product, and any added at run time. */
export interface InsightCatalog {
  /** In the order of the digest's sections. */
  readonly kinds: readonly InsightKind[];
  /** The backtests of the kinds that have one. */
  readonly backtests: readonly KindBacktest[];
  readonly kindOf: (id: string) => InsightKind | undefined;
  /** A kind's title; the id itself when the kind does not exist. */
  readonly titleOf: (id: string) => string;
  /** A kind's position; 0 when it does not exist. */
  readonly positionOf: (id: string) => number;
  /** The kinds' texts in every language: `<kind>.title`, `.counted`, `.why`, `.followUp`, and their phrases. */
  readonly textOf: TextSource;
  /** Every kind with a tenant's settings. Throws with the kind's name when a setting is invalid. */
  readonly configure: (tenant: KindSettings) => readonly ConfiguredKind[];
}

/** A catalog of these kinds. Throws when two have the same id. */
export function insightCatalog(given: readonly InsightKind[]): InsightCatalog {
  const kinds = given.toSorted((a, b) => a.position - b.position);
  const byId = new Map(kinds.map((kind) => [kind.id, kind]));
  if (byId.size < kinds.length)
    throw new Error(`two insight kinds have the same id: ${kinds.map(({ id }) => id).join(", ")}`);
  const texts = new Map(kinds.flatMap((kind) => [...kind.texts]));
  return {
    kinds,
    backtests: kinds.map(({ backtest }) => backtest).filter((backtest) => backtest !== undefined),
    kindOf: (id) => byId.get(id),
    titleOf: (id) => byId.get(id)?.title ?? id,
    positionOf: (id) => byId.get(id)?.position ?? 0,
    textOf: (id) => texts.get(id),
    configure: (tenant) => kinds.map((kind) => configured(kind, tenant)),
  };
}

function configured(kind: InsightKind, tenant: KindSettings): ConfiguredKind {
  try {
    return kind.configure(tenant.insights?.[kind.id], kind.settingsId && tenant[kind.settingsId]);
  } catch (error) {
    throw new Error(`the settings of insight ${kind.id} are invalid: ${String(error)}`, { cause: error });
  }
}
