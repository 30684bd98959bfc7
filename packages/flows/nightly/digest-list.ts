import type { EvaluatedFinding } from "@regulars/core/insights/evaluate";
import type { ResolvedFinding } from "@regulars/core/insights/stored-finding";
import { type RankedEntry, compareCards } from "@regulars/core/insights/rank";
import type { Customer } from "@regulars/core/customers/customer";
import type { DigestCleared, ToldFinding } from "@regulars/core/notifications/message";
import { minor } from "@regulars/core/platform/values";

/** An entry of a reader's list with its findings, the first of which names it. */
export interface DigestEntry {
  readonly entry: RankedEntry;
  readonly customer: Customer;
  readonly isNew: boolean;
  readonly findings: readonly EvaluatedFinding[];
}

interface KindCounts {
  count: number;
  newCount: number;
  toldCount: number;
}

/** The first of what has ended that a digest names. */
const MOST_CLEARED = 10;
/** The most findings told at once that are checked again before a digest counts them. */
const MOST_TOLD = 50;

/**
 * What one reader's digest is made of. Memory is bounded: as many entries as a digest has lines, and those that the
 * alerts may take away.
 */
export class DigestList {
  readonly counts = new Map<string, KindCounts>();
  /** The first findings that have no line because they were told at once. */
  readonly told: ToldFinding[] = [];
  readonly cleared: { count: number; first: DigestCleared["first"][number][] } = { count: 0, first: [] };
  /** Something in it is told whatever the reader prefers. */
  isCompulsory = false;
  readonly #most: number;
  #top: DigestEntry[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** Counts an entry as the reader's page counts it; without findings it was told at once, and has no line. */
  add(noted: DigestEntry, untold: readonly EvaluatedFinding[]): void {
    const { kind } = noted.entry.finding;
    const { count, newCount, toldCount } = this.counts.get(kind) ?? { count: 0, newCount: 0, toldCount: 0 };
    const isTold = untold.length === 0;
    this.counts.set(kind, {
      count: count + 1,
      newCount: newCount + Number(noted.isNew),
      toldCount: toldCount + Number(isTold),
    });
    if (isTold) return this.#noteTold(noted);
    this.#top.push(withFindings(noted, untold));
    this.#top.sort((a, b) => Number(b.isNew) - Number(a.isNew) || compareCards(a.entry, b.entry));
    this.#top.length = Math.min(this.#top.length, this.#most);
  }

  #noteTold({ entry: { finding }, customer: { customerId }, findings }: DigestEntry): void {
    if (this.told.length === MOST_TOLD) return;
    this.told.push({ findingId: finding.id, kind: finding.kind, customerId, episode: findings[0]?.episode });
  }

  addCleared({ kind, outcome }: ResolvedFinding, { customerId, name = customerId }: Customer): void {
    this.cleared.count += 1;
    if (this.cleared.first.length < MOST_CLEARED) this.cleared.first.push({ kind, customerName: name, outcome });
  }

  /** The first entries without the findings that this nightly run tells at once; these are counted. */
  entries(most: number, isToldNow: (finding: EvaluatedFinding) => boolean): readonly DigestEntry[] {
    const left = this.#top.flatMap((noted) => {
      const untold = noted.findings.filter((finding) => !isToldNow(finding));
      if (untold.length > 0) return [withFindings(noted, untold)];
      const counts = this.counts.get(noted.entry.finding.kind);
      if (counts !== undefined) counts.toldCount += 1;
      this.#noteTold(noted);
      return [];
    });
    return left.slice(0, most);
  }
}

/** An entry with some of its findings only: the first of them names it, and it has their money. */
function withFindings(noted: DigestEntry, findings: readonly EvaluatedFinding[]): DigestEntry {
  const [finding, ...folded] = findings;
  if (finding === undefined || findings.length === noted.findings.length) return noted;
  const isNamed = finding.id === noted.entry.finding.id;
  const atStakeMinor = minor(findings.reduce((total, one) => total + one.atStakeMinor, 0));
  // What else is folded under a silence is part of its money.
  const others = isNamed ? noted.entry.folded.filter(({ kind }) => kind !== finding.kind) : [];
  return {
    ...noted,
    findings,
    entry: {
      finding,
      folded: [...others, ...folded],
      atStakeMinor: others.length > 0 ? noted.entry.atStakeMinor : atStakeMinor,
    },
  };
}
