import type { Minor } from "../platform/values.ts";
import { minor } from "../platform/values.ts";
import { type Finding, levels } from "./finding.ts";
import type { InsightCatalog } from "./insight-catalog.ts";
import { compareSubjects, customerIdOf } from "./subject.ts";

/** One line of a rep's list: a finding with those folded under it. */
export interface RankedEntry {
  readonly finding: Finding;
  readonly folded: readonly Finding[];
  /** Money at stake of the finding and of those folded under it, without counting the same money twice. */
  readonly atStakeMinor: Minor;
}

/** A rep's findings: those to act on, ranked; lapsed customers to win back; those set aside, with the reason. */
export interface RankedList {
  readonly ranked: readonly RankedEntry[];
  readonly winBack: readonly RankedEntry[];
  readonly setAside: readonly RankedEntry[];
}

/**
 * One ranked list over all kinds, by money at stake (docs/reference/insights.md 8.3), and the findings that are not
 * part of it. A customer's lost items are one entry; they are folded under its churn risk when it has one, because a
 * silent customer misses every item (8.4). Ties are broken by level, kind, then ids, so that the order is total.
 */
export function rankFindings(findings: readonly Finding[], catalog: InsightCatalog): RankedList {
  const byCustomer = Map.groupBy(findings, ({ subject }) => customerIdOf(subject));
  const cards = [...byCustomer.values()].flatMap((own) => cardsOf(own, catalog)).toSorted(compareCards(catalog));
  const inState = (isIt: (card: RankedEntry) => boolean): RankedEntry[] => cards.filter(isIt);
  return {
    ranked: inState(({ finding }) => finding.state === "open"),
    winBack: inState(({ finding }) => finding.state === "lapsed"),
    setAside: inState(({ finding }) => finding.state !== "open" && finding.state !== "lapsed"),
  };
}

/** One customer's findings, without those about items when the customer is silent altogether. */
export const groupItemsUnderChurn = <T extends Pick<Finding, "kind" | "subject">>(
  findings: readonly T[],
  catalog: InsightCatalog,
): readonly T[] =>
  findings.some((finding) => isSilence(finding, catalog))
    ? findings.filter((finding) => !isAboutItem(finding))
    : findings;

const isSilence = ({ kind }: Pick<Finding, "kind">, catalog: InsightCatalog): boolean =>
  catalog.kindOf(kind)?.groupsItems === true;

const isAboutItem = ({ subject }: Pick<Finding, "subject">): boolean => subject.type === "item";

function cardsOf(findings: readonly Finding[], catalog: InsightCatalog): RankedEntry[] {
  const silence = findings.find((finding) => isSilence(finding, catalog));
  const aboutItems = findings.filter(isAboutItem);
  const others = findings.filter((finding) => !isAboutItem(finding));
  return [
    ...others.map((finding) => ({
      finding,
      folded: finding === silence ? aboutItems.toSorted(compareByStake(catalog)) : [],
      atStakeMinor: finding.atStakeMinor,
    })),
    ...(silence === undefined ? mergedItems(aboutItems, catalog) : []),
  ];
}

/** Findings about items of one kind and state as one entry, highest value first; their money at stake is added up. */
function mergedItems(findings: readonly Finding[], catalog: InsightCatalog): RankedEntry[] {
  const groups = Map.groupBy(findings, ({ kind, state }) => `${kind} ${state}`);
  return [...groups.values()].flatMap((group) => {
    const [finding, ...folded] = group.toSorted(compareByStake(catalog));
    if (finding === undefined) return [];
    const atStakeMinor = minor(group.reduce((total, one) => total + one.atStakeMinor, 0));
    return [{ finding, folded, atStakeMinor }];
  });
}

const compareCards =
  (catalog: InsightCatalog) =>
  (a: RankedEntry, b: RankedEntry): number =>
    b.atStakeMinor - a.atStakeMinor || compareByStake(catalog)(a.finding, b.finding);

/** By money at stake, then level, kind and subject. */
export const compareByStake =
  ({ positionOf }: InsightCatalog) =>
  (a: Finding, b: Finding): number =>
    b.atStakeMinor - a.atStakeMinor ||
    levels.indexOf(a.level) - levels.indexOf(b.level) ||
    positionOf(a.kind) - positionOf(b.kind) ||
    compareSubjects(a.subject, b.subject);
