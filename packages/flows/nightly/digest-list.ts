import type { EvaluatedFinding } from "@regulars/core/insights/evaluate";
import type { ResolvedFinding } from "@regulars/core/insights/stored-finding";
import { type RankedEntry, compareCards } from "@regulars/core/insights/rank";
import type { Customer } from "@regulars/core/customers/customer";
import type { DigestCleared, ToldFinding } from "@regulars/core/notifications/message";
import { compareText } from "@regulars/core/platform/compare";
import { type CustomerId, minorSum } from "@regulars/core/platform/values";

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

/** Something that has ended, with its place among the others. */
interface Ended {
  readonly place: readonly [customerId: CustomerId, kind: string, subject: string];
  readonly named: DigestCleared["first"][number];
}

/** A list as it is kept for the part that continues. */
export interface DigestListState {
  readonly counts: readonly (readonly [kind: string, counts: Readonly<KindCounts>])[];
  readonly told: readonly ToldFinding[];
  readonly endedCount: number;
  readonly ended: readonly Ended[];
  readonly isCompulsory: boolean;
  readonly top: readonly DigestEntry[];
}

/**
 * What one reader's digest is made of. Memory is bounded: as many entries as a digest has lines, and those that the
 * alerts may take away.
 */
export class DigestList {
  readonly counts = new Map<string, KindCounts>();
  /** Something in it is told whatever the reader prefers. */
  isCompulsory = false;
  readonly #most: number;
  #top: DigestEntry[] = [];
  #told: ToldFinding[] = [];
  #endedCount = 0;
  #ended: Ended[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** Counts an entry as the reader's page counts it; without findings it was told at once, and has no line. */
  add(noted: DigestEntry, untold: readonly EvaluatedFinding[]): void {
    const isTold = untold.length === 0;
    this.#count(noted.entry.finding.kind, { count: 1, newCount: Number(noted.isNew), toldCount: Number(isTold) });
    if (isTold) this.#noteTold(noted);
    else this.#addTop([withFindings(noted, untold)]);
  }

  addCleared({ kind, outcome, subject }: ResolvedFinding, { customerId, name = customerId }: Customer): void {
    const place = [customerId, kind, JSON.stringify(subject)] as const;
    this.#addEnded(1, [{ place, named: { kind, customerName: name, outcome } }]);
  }

  state(): DigestListState {
    return {
      counts: [...this.counts],
      told: this.#told,
      endedCount: this.#endedCount,
      ended: this.#ended,
      isCompulsory: this.isCompulsory,
      top: this.#top,
    };
  }

  /** Adds what was collected of other customers. */
  join({ counts, told, endedCount, ended, isCompulsory, top }: DigestListState): void {
    for (const [kind, count] of counts) this.#count(kind, count);
    this.isCompulsory ||= isCompulsory;
    this.#addTold(told);
    this.#addEnded(endedCount, ended);
    this.#addTop(top);
  }

  /** The first findings that have no line because they were told at once. */
  get told(): readonly ToldFinding[] {
    return this.#told;
  }

  get cleared(): DigestCleared {
    return { count: this.#endedCount, first: this.#ended.map(({ named }) => named) };
  }

  #count(kind: string, { count, newCount, toldCount }: KindCounts): void {
    const known = this.counts.get(kind) ?? { count: 0, newCount: 0, toldCount: 0 };
    this.counts.set(kind, {
      count: known.count + count,
      newCount: known.newCount + newCount,
      toldCount: known.toldCount + toldCount,
    });
  }

  #addTop(entries: readonly DigestEntry[]): void {
    this.#top.push(...entries);
    this.#top.sort((a, b) => Number(b.isNew) - Number(a.isNew) || compareCards(a.entry, b.entry));
    this.#top.length = Math.min(this.#top.length, this.#most);
  }

  #noteTold({ entry: { finding }, customer: { customerId }, findings }: DigestEntry): void {
    this.#addTold([{ findingId: finding.id, kind: finding.kind, customerId, episode: findings[0]?.episode }]);
  }

  /** The first by id, so that the order in which customers are read changes nothing. */
  #addTold(told: readonly ToldFinding[]): void {
    this.#told = [...this.#told, ...told].toSorted((a, b) => compareText(a.findingId, b.findingId)).slice(0, MOST_TOLD);
  }

  #addEnded(count: number, ended: readonly Ended[]): void {
    this.#endedCount += count;
    this.#ended = [...this.#ended, ...ended].toSorted((a, b) => comparePlaces(a.place, b.place)).slice(0, MOST_CLEARED);
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

const comparePlaces = (a: readonly string[], b: readonly string[]): number =>
  a.map((part, i) => compareText(part, b[i] ?? "")).find((order) => order !== 0) ?? 0;

/** An entry with some of its findings only: the first of them names it, and it has their money. */
function withFindings(noted: DigestEntry, findings: readonly EvaluatedFinding[]): DigestEntry {
  const [finding, ...folded] = findings;
  if (finding === undefined || findings.length === noted.findings.length) return noted;
  const isNamed = finding.id === noted.entry.finding.id;
  const atStakeMinor = minorSum(findings.reduce((total, one) => total + one.atStakeMinor, 0));
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
