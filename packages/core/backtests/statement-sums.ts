import { type Candidate, type StatedLevel, statedLevels } from "./kind-backtest.ts";

/** Statements with the sum of their chances, and how many came true. */
export interface Statements {
  readonly statements: number;
  readonly stated: number;
  readonly cameTrue: number;
}

export const BINS = 10;

const GROUPS = BINS + statedLevels.length;
/** After the groups: the money stated and lost, and the chances of loss stated and the losses, of what was to act on. */
const MONEY = 3 * GROUPS;
const WIDTH = MONEY + 4;

/**
 * What was stated about customers and how much of it came true: numbers and chances by group, then money in minor units.
 * One row of numbers, so that many customers are added up quickly.
 */
export class StatementSums {
  readonly #row: Float64Array;

  private constructor(row: Float64Array) {
    this.#row = row;
  }

  static of(candidates: readonly Candidate[]): StatementSums {
    const row = new Float64Array(WIDTH);
    const add = (at: number, amount: number): void => void (row[at] = (row[at] ?? 0) + amount);
    for (const { chance, cameTrue, level, atStakeMinor, valueMinor, lossChance, isLost } of candidates) {
      const bin = Math.min(BINS - 1, Math.floor(chance * BINS));
      for (const group of [bin, BINS + statedLevels.indexOf(level)]) {
        add(3 * group, 1);
        add(3 * group + 1, chance);
        if (cameTrue) add(3 * group + 2, 1);
      }
      if (level === "watch" || isLost === undefined) continue;
      add(MONEY, atStakeMinor);
      add(MONEY + 2, lossChance);
      if (!isLost) continue;
      add(MONEY + 1, valueMinor);
      add(MONEY + 3, 1);
    }
    return new StatementSums(row);
  }

  /** The sum of customers, each as often as its weight says. */
  static total(customers: readonly StatementSums[], weights: Uint16Array): StatementSums {
    const row = new Float64Array(WIDTH);
    customers.forEach((customer, i) => {
      const weight = weights[i] ?? 0;
      if (weight > 0)
        for (let at = 0; at < WIDTH; at += 1) row[at] = (row[at] ?? 0) + weight * (customer.#row[at] ?? 0);
    });
    return new StatementSums(row);
  }

  bins(): readonly Statements[] {
    return Array.from({ length: BINS }, (_, bin) => this.#group(bin));
  }

  level(level: StatedLevel): Statements {
    return this.#group(BINS + statedLevels.indexOf(level));
  }

  get statedMinor(): number {
    return this.#row[MONEY] ?? 0;
  }

  get lostMinor(): number {
    return this.#row[MONEY + 1] ?? 0;
  }

  /** How many were stated to be lost, as a sum of chances. */
  get statedLosses(): number {
    return this.#row[MONEY + 2] ?? 0;
  }

  get losses(): number {
    return this.#row[MONEY + 3] ?? 0;
  }

  #group(group: number): Statements {
    const [statements = 0, stated = 0, cameTrue = 0] = this.#row.subarray(3 * group, 3 * group + 3);
    return { statements, stated, cameTrue };
  }
}
