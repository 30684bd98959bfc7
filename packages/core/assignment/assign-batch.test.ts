import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { User } from "../access/user.ts";
import { type UserId, toInstant, userIdSchema } from "../platform/values.ts";
import { type AssignmentState, newAssignmentState } from "./assignment-state.ts";
import { dryRun } from "./dry-run.ts";
import { dealIdSchema, contactIdSchema } from "../platform/ids.ts";
import { someRules } from "./testing.ts";
import {
  type AssignmentView,
  type AssignmentOutcome,
  type BatchEntry,
  type BatchLead,
  isAwaitingAssignment,
  assignBatch,
} from "./assign-batch.ts";

const names = ["A", "B", "C", "D"] as const;
const rulesNames = ["random>even", "random>least", "related>even", "related>least", "manual"] as const;
const users = new Map<UserId, User>(
  names.map((name) => [userIdSchema.parse(name), { userId: userIdSchema.parse(name), name, role: "rep" }]),
);

const member = fc.record({
  userId: fc.constantFrom(...names),
  weight: fc.integer({ min: 1, max: 3 }),
  isPaused: fc.boolean(),
  cap: fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }),
});
const rules = fc
  .tuple(fc.constantFrom(...rulesNames), fc.uniqueArray(member, { selector: ({ userId }) => userId, maxLength: 4 }))
  .map(([rule, members]) => someRules(rule, members));

/** A sequence number: usually a lead, of one of a few contacts, some of whom know a manager. */
const considered = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      person: fc.integer({ min: 0, max: 9 }),
      owner: fc.option(fc.constantFrom(...names), { nil: undefined }),
      isOpen: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: rules },
  { weight: 1, arbitrary: fc.constant("void" as const) },
);

function batchEntriesOf(
  fixtures: readonly (typeof considered extends fc.Arbitrary<infer T> ? T : never)[],
): BatchEntry[] {
  return fixtures.map((fixture, i): BatchEntry => {
    const sequence = i + 1;
    if (fixture === "void") return { sequence, kind: "void" };
    if ("distribution" in fixture) return { sequence, kind: "rules", rules: fixture };
    const { person, owner, isOpen } = fixture;
    const lead: BatchLead = {
      dealId: dealIdSchema.parse(`d${sequence}`),
      personId: contactIdSchema.parse(`p${person}`),
      evidence: owner === undefined ? [] : [{ kind: "closed-deal", userId: userIdSchema.parse(owner) }],
      isOpen,
    };
    return { sequence, kind: "lead", lead };
  });
}

/**
 * Processes all sequence numbers in batches of the given size; returns each lead's outcomes as words, and the final
 * assignment state.
 */
function workAll(start: AssignmentState, entries: readonly BatchEntry[], sizes: readonly number[]) {
  const view: Omit<AssignmentView, "loads"> = { now: toInstant(0), tenantZone: "UTC", users };
  const loads = new Map<UserId, number>();
  const unassigned: BatchLead[] = [];
  const known = new Map<string, Map<number, UserId>>();
  const ways = new Map<string, string>();
  const order: string[] = [];
  let assignmentState = start;
  const note = ({ lead, assignment }: AssignmentOutcome): void => {
    const { managerId, reason, why } = assignment;
    ways.set(lead.dealId, `${ways.get(lead.dealId) ?? ""} ${managerId ?? reason} (${why})`);
    order.push(`${lead.dealId} ${managerId ?? reason}`);
    const at = unassigned.findIndex(({ dealId }) => dealId === lead.dealId);
    if (at !== -1) unassigned.splice(at, 1);
    if (isAwaitingAssignment(assignment)) unassigned.push(lead);
    if (managerId === undefined) return;
    if (lead.isOpen) {
      loads.set(managerId, (loads.get(managerId) ?? 0) + 1);
      known.set(lead.personId, (known.get(lead.personId) ?? new Map()).set(Number(lead.dealId.slice(1)), managerId));
    }
  };
  /** Adds the managers of the contact's open deals as evidence, newest deal first. */
  const asKnown = (lead: BatchLead): BatchLead => {
    const open = [...(known.get(lead.personId) ?? [])].toSorted(([a], [b]) => b - a);
    return {
      ...lead,
      evidence: [...open.map(([, userId]) => ({ kind: "open-deal", userId }) as const), ...lead.evidence],
    };
  };
  let isBusy = true;
  for (let run = 0; isBusy || assignmentState.lastSequence < entries.length; run += 1) {
    const size = sizes[run % sizes.length] ?? 1;
    const left = entries
      .slice(assignmentState.lastSequence, assignmentState.lastSequence + size)
      .map((queueEntry) =>
        queueEntry.kind === "lead" ? { ...queueEntry, lead: asKnown(queueEntry.lead) } : queueEntry,
      );
    const batchResult = assignBatch(
      assignmentState,
      unassigned.map(asKnown),
      left,
      { ...view, loads },
      Math.max(size, 1),
    );
    for (const outcome of [...batchResult.handedOut, ...batchResult.outcomes]) note(outcome);
    isBusy = batchResult.hasMore || batchResult.handedOut.length > 0;
    assignmentState = batchResult.assignmentState;
  }
  return {
    assignmentState,
    unassigned,
    waiting: unassigned.map(({ dealId }) => dealId),
    order,
    ways: Object.fromEntries(ways),
    loads: Object.fromEntries(loads),
  };
}

it("SP16 gives any number of sequence numbers at once what one at a time would: adds, pauses, joins, leaves and changes of mode", () => {
  fc.assert(
    fc.property(
      rules,
      fc.array(considered, { maxLength: 60 }),
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 }),
      fc.nat(),
      (first, fixtures, sizes, rngState) => {
        const entries = batchEntriesOf(fixtures);
        const assignmentState = newAssignmentState(first, rngState);
        const { unassigned: _, ...atOnce } = workAll(assignmentState, entries, sizes);
        expect(workAll(assignmentState, entries, [1])).toMatchObject(atOnce);
      },
    ),
    { numRuns: 400 },
  );
});

it("never takes a sequence number out of order, and never one twice", () => {
  const entries = batchEntriesOf(
    Array.from({ length: 5 }, (_, person) => ({ person, owner: undefined, isOpen: true })),
  );
  const assignmentState = newAssignmentState(someRules("related>even", ["A", "B"]), 1);
  const batchResult = assignBatch(
    assignmentState,
    [],
    entries,
    { now: toInstant(0), tenantZone: "UTC", users, loads: new Map() },
    3,
  );
  expect(batchResult.outcomes.map(({ lead }) => lead.dealId)).toEqual(["d1", "d2", "d3"]);
  expect(batchResult.assignmentState.lastSequence).toBe(3);
  expect(batchResult.hasMore).toBe(true);
});

it("BX13 a dry run says what the next leads' assignments will be", () => {
  fc.assert(
    fc.property(rules, fc.array(considered, { maxLength: 20 }), fc.nat(), (first, fixtures, rngState) => {
      const entries = batchEntriesOf(fixtures);
      const before = workAll(newAssignmentState(first, rngState), entries, [1]);
      const view = {
        now: toInstant(0),
        tenantZone: "UTC",
        users,
        loads: new Map(Object.entries(before.loads).map(([id, load]) => [userIdSchema.parse(id), load])),
      };
      const said = dryRun(
        { assignmentState: before.assignmentState, unassigned: before.unassigned, entries: [] },
        Array.from({ length: 10 }, () => ({})),
        view,
      );
      const next = batchEntriesOf([
        ...fixtures,
        ...Array.from({ length: 10 }, (_, i) => ({ person: 100 + i, owner: undefined, isOpen: true })),
      ]);
      const after = workAll(newAssignmentState(first, rngState), next, [1]);
      const outcomes = next
        .slice(entries.length)
        .map((_, i) => after.order.findLast((way) => way.startsWith(`d${entries.length + i + 1} `)));
      expect(said.map((one, i) => `d${entries.length + i + 1} ${one.managerId ?? one.reason}`)).toEqual(outcomes);
    }),
    { numRuns: 200 },
  );
});
