import type { Minor } from "../platform/values.ts";
import { minorSum } from "../platform/values.ts";
import { compareText } from "../platform/compare.ts";
import { type Finding, isInDigest, levels } from "./finding.ts";
import type { InsightCatalog } from "./insight-catalog.ts";
import { compareSubjects, customerIdOf } from "./subject.ts";

/** One line of a rep's list: a finding with those folded under it. */
export interface RankedEntry {
  readonly finding: Finding;
  readonly folded: readonly Finding[];
  /** Money at stake of the finding and of those folded under it, without counting the same money twice. */
  readonly atStakeMinor: Minor;
}

/** The findings that messages tell of an entry; of other kinds are part of the first. */
export const toldOf = ({ finding, folded }: RankedEntry): readonly Finding[] => [
  finding,
  ...folded.filter(({ kind }) => kind === finding.kind),
];

/**
 * A rep's findings: each list in the order of expected money. An entry is counted in exactly one list, so "12 to act on"
 * is the same number on every page, in every message and over the API.
 */
export interface RankedList {
  /** To act on: open, `high` or `medium`. */
  readonly ranked: readonly RankedEntry[];
  /** To watch: open, not certain enough to send a message about. */
  readonly toWatch: readonly RankedEntry[];
  /** Lapsed customers to win back. */
  readonly winBack: readonly RankedEntry[];
  /** Disputed, on credit hold or dismissed: the state says why. */
  readonly setAside: readonly RankedEntry[];
}

type Ranked = Pick<Finding, "atStakeMinor" | "level" | "rank" | "subject" | "kind">;

/**
 * The order of every list of findings, on pages, in messages and on the command line: by expected money, then level,
 * then the greater chance, then ids (docs/reference/insights.md 8.3).
 */
export const compareFindings = (a: Ranked, b: Ranked): number =>
  b.atStakeMinor - a.atStakeMinor ||
  levels.indexOf(a.level) - levels.indexOf(b.level) ||
  compareKeys(a.rank, b.rank) ||
  compareSubjects(a.subject, b.subject) ||
  compareText(a.kind, b.kind);

/** An absent key is 0. */
function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * One ranked list over all kinds (docs/reference/insights.md 8.3), and the findings that are not part of it. A
 * customer's lost items are one entry, and so are those of any kind about items or links. They and what else is part of
 * a silence are folded under its churn risk when it has one, because a silent customer misses every item (8.4).
 */
export function rankFindings(findings: readonly Finding[], catalog: InsightCatalog): RankedList {
  const byCustomer = Map.groupBy(findings, ({ subject }) => customerIdOf(subject));
  const cards = [...byCustomer.values()].flatMap((own) => cardsOf(own, catalog)).toSorted(compareCards);
  const where = (isIt: (finding: Finding) => boolean): RankedEntry[] => cards.filter(({ finding }) => isIt(finding));
  return {
    ranked: where(isInDigest),
    toWatch: where((finding) => finding.state === "open" && !isInDigest(finding)),
    winBack: where(({ state }) => state === "lapsed"),
    setAside: where(({ state }) => state !== "open" && state !== "lapsed"),
  };
}

/** A silence that is only watched is too often none: what is lost is told all the same. */
const foldsItems = (finding: Pick<Finding, "kind" | "level" | "state">, catalog: InsightCatalog): boolean =>
  catalog.kindOf(finding.kind)?.groupsItems === true && (finding.state !== "open" || isInDigest(finding));

const isAboutItem = ({ subject }: Pick<Finding, "subject">): boolean =>
  subject.type === "item" || subject.type === "link";

function cardsOf(findings: readonly Finding[], catalog: InsightCatalog): RankedEntry[] {
  const silence = findings.find((finding) => foldsItems(finding, catalog));
  const isPart = (finding: Finding): boolean =>
    isAboutItem(finding) || (silence !== undefined && catalog.kindOf(finding.kind)?.isPartOfSilence === true);
  const parts = findings.filter(isPart);
  const others = findings.filter((finding) => !isPart(finding));
  return [
    ...others.map((finding) => ({
      finding,
      folded: finding === silence ? parts.toSorted(compareFindings) : [],
      atStakeMinor: finding.atStakeMinor,
    })),
    ...(silence === undefined ? mergedItems(parts) : []),
  ];
}

/**
 * Findings about items or links of one kind and state, to act on or not, as one entry, highest value first; their money at stake
 * is added up. What several kinds find about one item is told once: the others of it are folded, and their money is the
 * same money.
 */
function mergedItems(findings: readonly Finding[]): RankedEntry[] {
  const told = [...Map.groupBy(findings, sameNews).values()].map((same) => same.toSorted(compareNews));
  const groups = Map.groupBy(told, ([first]) => `${first?.kind} ${groupOf(first)}`);
  return [...groups.values()].flatMap((group) => {
    const [finding, ...others] = group.flatMap(([first]) => first ?? []).toSorted(compareFindings);
    if (finding === undefined) return [];
    const atStakeMinor = minorSum([finding, ...others].reduce((total, one) => total + one.atStakeMinor, 0));
    return [{ finding, folded: [...others, ...group.flatMap(([, ...same]) => same)], atStakeMinor }];
  });
}

const groupOf = (finding: Finding | undefined): string =>
  finding === undefined ? "" : `${finding.state} ${isInDigest(finding)}`;

/** The same for what is found about one item, to act on or not; a link is of two items, and is news of its own. */
const sameNews = (finding: Finding): string =>
  finding.subject.type === "item" ? `${groupOf(finding)} ${finding.subject.id}` : finding.id;

/** What is sent at once is told before what is not. */
const compareNews = (a: Finding, b: Finding): number =>
  levels.indexOf(a.level) - levels.indexOf(b.level) || compareFindings(a, b);

/** The order of entries: `compareFindings`, with the money of the whole entry. */
export const compareCards = (a: RankedEntry, b: RankedEntry): number =>
  compareFindings({ ...a.finding, atStakeMinor: a.atStakeMinor }, { ...b.finding, atStakeMinor: b.atStakeMinor });
