import { compareText } from "../platform/compare.ts";
import type { CompiledCriteria } from "./compile.ts";
import type { Subject } from "./condition.ts";
import { type Criterion, isLeaf, partsOf } from "./criteria.ts";
import { type Owner, ownerIdOf } from "./owner.ts";
import type { Truth } from "./truth.ts";
import { not } from "./truth.ts";

/** Owners that are named. */
const MOST_EXAMPLES = 10;

/** What one comparison does to the result. */
interface LeafPreview {
  readonly path: string;
  readonly field: string;
  /** Owners that would match if it were not for this comparison. */
  readonly excludes: number;
  /** Owners of whom the whole cannot be known, and this comparison neither: they have no such value. */
  readonly unknown: number;
}

/** What criteria would do before they are saved. */
export interface Preview {
  readonly owners: number;
  readonly matches: number;
  /** The first ten that match, by id. */
  readonly examples: readonly Owner[];
  /** Owners of whom it cannot be known whether they match: they do not. */
  readonly unknown: number;
  /** Owners that match now and do not by the saved criteria; and the other way. */
  readonly enter: number;
  readonly leave: number;
  /** The first ten of each, by id. */
  readonly entering: readonly Owner[];
  readonly leaving: readonly Owner[];
  readonly leaves: readonly LeafPreview[];
}

interface Compared {
  readonly criterion: Criterion;
  readonly compiled: CompiledCriteria;
  /** The criteria as they are saved; without, everybody who matches enters. */
  readonly saved?: CompiledCriteria | undefined;
}

/** Counts what criteria would do, owner by owner. */
export class CriteriaPreview {
  readonly #compared: Compared;
  readonly #leaves: { excludes: number; unknown: number }[];
  readonly #examples = new FirstOwners();
  readonly #entering = new FirstOwners();
  readonly #leaving = new FirstOwners();
  #counts = { owners: 0, matches: 0, unknown: 0, enter: 0, leave: 0 };

  constructor(compared: Compared) {
    this.#compared = compared;
    this.#leaves = compared.compiled.leaves.map(() => ({ excludes: 0, unknown: 0 }));
  }

  add(owner: Owner, subject: Subject, on: number): void {
    const { criterion, compiled, saved } = this.#compared;
    const truths = compiled.leaves.map((leaf) => leaf.truth(subject, on));
    const truth = whole(criterion, truths);
    const matches = truth === true;
    const matched = saved?.truth(subject, on) === true;
    const counts = this.#counts;
    counts.owners += 1;
    counts.matches += Number(matches);
    counts.unknown += Number(truth === undefined);
    counts.enter += Number(matches && !matched);
    counts.leave += Number(matched && !matches);
    if (matches && !matched) this.#entering.add(owner);
    if (matched && !matches) this.#leaving.add(owner);
    if (matches) this.#examples.add(owner);
    else this.#blame(truth, truths);
  }

  #blame(truth: Truth, truths: readonly Truth[]): void {
    this.#leaves.forEach((leaf, index) => {
      if (truth === undefined && truths[index] === undefined) leaf.unknown += 1;
      const decides = [true, false].some(
        (other) => whole(this.#compared.criterion, truths.with(index, other)) === true,
      );
      if (decides) leaf.excludes += 1;
    });
  }

  result(): Preview {
    return {
      ...this.#counts,
      examples: this.#examples.first(),
      entering: this.#entering.first(),
      leaving: this.#leaving.first(),
      leaves: this.#compared.compiled.leaves.map(({ path, leaf }, index) => ({
        path,
        field: leaf.field,
        ...(this.#leaves[index] ?? { excludes: 0, unknown: 0 }),
      })),
    };
  }
}

/** Keeps the first ten by id, whatever order the owners come in. */
class FirstOwners {
  #kept: Owner[] = [];

  add(owner: Owner): void {
    this.#kept.push(owner);
    if (this.#kept.length > 4 * MOST_EXAMPLES) this.#kept = this.first();
  }

  first(): Owner[] {
    return this.#kept.toSorted((a, b) => compareText(ownerIdOf(a), ownerIdOf(b))).slice(0, MOST_EXAMPLES);
  }
}

/** The truth of a tree whose leaves, from left to right, have these. */
export function whole(criterion: Criterion, truths: readonly Truth[]): Truth {
  let next = 0;
  const read = (node: Criterion): Truth => {
    if (isLeaf(node)) {
      next += 1;
      return truths[next - 1];
    }
    const parts = partsOf(node).map(read);
    if ("not" in node) return not(parts[0]);
    const decides = "any" in node;
    if (parts.includes(decides)) return decides;
    return parts.includes(undefined) ? undefined : !decides;
  };
  return read(criterion);
}
