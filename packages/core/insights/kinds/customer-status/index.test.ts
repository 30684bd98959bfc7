import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeFindings } from "../../../../../test/fixtures/describe-findings.ts";
import type { CustomerFixture } from "../../../../../test/fixtures/each-finding.ts";
import { dayOf, textOf } from "../../../platform/message-text.ts";
import { monitorIdSchema } from "../../../platform/ids.ts";
import { addDays } from "../../../platform/period.ts";
import { day } from "../../../platform/values.ts";
import type { HeldStatus } from "../../../snapshots/status-values.ts";
import { aHistory } from "../../../testing.ts";
import { evaluationContextOf } from "../../define.ts";
import { customerStatus } from "./index.ts";

const END = day("2026-11-22");

const held = (statusId: string, since: string, more: Partial<HeldStatus> = {}): HeldStatus => ({
  statusId: monitorIdSchema.parse(statusId),
  ownerType: "company",
  since: day(since),
  told: {
    name: "Asleep",
    description: "<name> sleeps since <lsal>, for <dlst> days",
    variables: { name: textOf("Acme & Sons"), lsal: dayOf(day("2026-09-22")), dlst: textOf("") },
    level: "high",
    order: [0, 3],
  },
  ...more,
});

/** Customers with statuses that began within the last year. */
const withStatuses: fc.Arbitrary<CustomerFixture> = fc
  .uniqueArray(fc.record({ id: fc.integer({ min: 1, max: 9 }), daysAgo: fc.integer({ min: 0, max: 300 }) }), {
    minLength: 1,
    maxLength: 4,
    selector: ({ id }) => id,
  })
  .map((given) => ({ statuses: given.map(({ id, daysAgo }) => held(`sts_${id}`, addDays(END, -daysAgo))) }));

describeFindings(customerStatus, withStatuses, "activities");

function found(statuses: readonly HeldStatus[], asOf = "2026-11-23") {
  const history = aHistory({ asOf, statuses });
  const kind = customerStatus.configure({});
  return (kind.detect(history, day(asOf)) ?? []).map(({ facts, ...one }) => ({
    ...one,
    ...kind.assess(facts, evaluationContextOf(history)),
  }));
}

describe("the finding of a status", () => {
  it("is one for each status that holds and is told, with its day as its occasion", () => {
    const { told: _told, ...untold } = held("silent", "2026-11-01");
    expect(found([held("a", "2026-11-01"), held("b", "2026-11-24"), untold])).toMatchObject([
      { subject: { type: "status", id: "a" }, episode: "2026-11-01", since: "2026-11-01", level: "high" },
    ]);
  });

  it("tells the statuses of a person and of a project apart", () => {
    const subjects = found([
      held("a", "2026-11-01", { ownerType: "person", ownerId: "p-1" }),
      held("a", "2026-11-01", { ownerType: "project", ownerId: "p-1" }),
    ]).map(({ subject }) => subject?.id);
    expect(subjects).toEqual(['["a","person","p-1"]', '["a","project","p-1"]']);
  });

  it("says the status's name and its text, in which the days since the last sale go on by themselves", () => {
    const [first] = found([held("a", "2026-11-01")]);
    const [later] = found([held("a", "2026-11-01")], "2026-11-30");
    if (first === undefined || later === undefined) throw new Error("none");
    expect(customerStatus.why(first.evidence, "")).toMatchObject({
      text: "Asleep: <name> sleeps since <lsal>, for <dlst> days",
      variables: { name: { text: "Acme & Sons" }, dlst: { type: "number", value: 62 } },
    });
    expect(customerStatus.why(later.evidence, "").variables["dlst"]).toEqual({ type: "number", value: 69 });
  });

  it("says what is overdue on the day, where its text asks for it", () => {
    const { told, ...status } = held("a", "2026-11-01");
    const asking = { ...status, told: told && { ...told, description: "Owes <ovrd>" } };
    const history = aHistory({
      asOf: "2026-11-23",
      statuses: [asking, held("b", "2026-11-01")],
      receivables: [{ dueOn: "2026-11-23", totalMinor: 500 }, { dueOn: "2026-11-24" }],
    });
    const detected = customerStatus.configure({}).detect(history, day("2026-11-23")) ?? [];
    expect(
      detected.map(({ facts }) => (facts as Record<string, Record<string, unknown>>)["variables"]?.["ovrd"]),
    ).toEqual([{ type: "money", amounts: [{ minor: 500, currency: "EUR" }] }, undefined]);
  });

  it("keeps the signs of a name as they are", () => {
    const named = held("a", "2026-11-01");
    const [one] = found([{ ...named, told: named.told && { ...named.told, name: "<mail>", description: "" } }]);
    expect(one && customerStatus.why(one.evidence, "")).toMatchObject({ text: "\\<mail>" });
  });
});
