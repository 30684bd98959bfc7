import { healthJson, kpisJson, rangesJson, weaknessJson } from "@regulars/core/relationships/health-json";
import type { HealthPreview } from "./preview-health.ts";
import type { HealthRow } from "./list-health.ts";
import type { CustomerHealth } from "./read-customer-health.ts";

/** A customer of the list as it is answered: by the API, and by the command line. */
export const healthRowJson = ({ customer, health, weaknesses, breadth, isTopFifth }: HealthRow) => ({
  customerId: customer.customerId,
  name: customer.name ?? null,
  ...healthJson(health),
  weaknesses: weaknesses.map(weaknessJson),
  breadth: {
    persons: breadth.persons.length,
    users: breadth.users.length,
    hasOneContactOnly: breadth.persons.length === 1 && isTopFifth,
    onlyUserId: (breadth.users.length === 1 ? breadth.users[0] : undefined) ?? null,
  },
});

/** One customer with all that explains its health. */
export const customerHealthJson = ({ asOf, row, persons, kpis, scores, isKnownByNobody, notice }: CustomerHealth) => ({
  asOf,
  ...healthRowJson(row),
  isKnownByNobody,
  contactDays: row.settings.contactDays,
  ranges: rangesJson(row.settings),
  kpis: kpisJson(kpis),
  notice: notice ?? null,
  persons: persons.map(({ personId, name, health }) => ({ personId, name: name ?? null, ...healthJson(health) })),
  scores: scores.map((score) => score ?? null),
});

export const previewJson = ({ asOf, customers, persons, moves, examples }: HealthPreview) => ({
  asOf,
  customers,
  persons,
  moves: [...moves],
  examples: examples.map(({ personId, scoreNow, scoreThen, ...move }) => ({
    ...move,
    personId: personId ?? null,
    scoreNow: scoreNow ?? null,
    scoreThen: scoreThen ?? null,
  })),
});
