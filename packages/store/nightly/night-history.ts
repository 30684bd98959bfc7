import { rowAs } from "@regulars/core/platform/unreadable-row";
import {
  type NightFailure,
  type NightlyRecord,
  type PastNight,
  pastNightSchema,
} from "@regulars/core/nightly/nightly-store";
import type { Day } from "@regulars/core/platform/values";
import type { Operations } from "../engine/operations.ts";
import type { Keys } from "../keys.ts";

/** How long the figures of a nightly run are kept after its day. */
const KEPT_DAYS = 90;

/** A row of figures for each day that a nightly run was of; it names nobody. */
export class NightHistory {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  /** A run of the same day again replaces its row. */
  async note({ asOf, customers, kinds, setAside, untold = [] }: NightlyRecord): Promise<void> {
    const night: PastNight = {
      asOf,
      customers,
      found: Object.values(kinds).reduce((sum, { found }) => sum + found, 0),
      setAside: setAside?.count ?? 0,
      untold: untold.reduce((sum, { entries }) => sum + entries, 0),
    };
    await this.#operations.put({ ...this.#keys.night(asOf), ...night, expiresAt: endOf(asOf) });
  }

  /** A run that failed; one of the same day that was done stays, and one that is done later replaces it. */
  async noteFailed(asOf: Day, failed: NightFailure): Promise<void> {
    const night: PastNight = { asOf, customers: 0, found: 0, setAside: 0, untold: 0, failed };
    await this.#operations.put(
      { ...this.#keys.night(asOf), ...night, expiresAt: endOf(asOf) },
      {
        ConditionExpression: "attribute_not_exists(pk) OR attribute_exists(#failed)",
        ExpressionAttributeNames: { "#failed": "failed" },
      },
    );
  }

  /** The last nights, the latest first. */
  async last(most: number): Promise<readonly PastNight[]> {
    const nights: PastNight[] = [];
    for await (const item of this.#operations.query({
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": this.#keys.nights() },
      ScanIndexForward: false,
      Limit: most,
    })) {
      nights.push(rowAs(pastNightSchema, item));
      if (nights.length === most) break;
    }
    return nights;
  }
}

/** When the row of a day is removed, in seconds since 1970. */
const endOf = (asOf: Day): number => Math.ceil(Date.parse(`${asOf}T00:00:00Z`) / 1000) + KEPT_DAYS * 86_400;
