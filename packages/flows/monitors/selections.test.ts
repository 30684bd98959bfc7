import { type Owner, ownerIdOf } from "@regulars/core/monitors/owner";
import type { SelectionAction } from "@regulars/core/monitors/selection-action";
import {
  customerIdSchema,
  day,
  personIdSchema,
  projectIdSchema,
  requestIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import { ok } from "@regulars/core/platform/result";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import type { ActionContext } from "./act-on-member.ts";
import { runAction } from "./run-action.ts";
import type { SelectionContext } from "./selection-context.ts";
import {
  addMembers,
  changeSelection,
  createSelection,
  deleteSelection,
  freezeSelection,
  readMembers,
  removeMembers,
} from "./selections.ts";
import { startAction } from "./start-action.ts";
import { readVisibleMembers } from "./visible-members.ts";

const customer = (id: string) => customerIdSchema.parse(id);
const [anna, bob] = [userIdSchema.parse("anna"), userIdSchema.parse("bob")];
const category = { field: "category", op: "is", value: "Customer" } as const;

describe("a selection", () => {
  let testTenant: TestTenant;
  let context: SelectionContext & ActionContext;
  /** Who meets the criteria of dynamic selections. */
  let matching: Owner[];

  beforeEach(async () => {
    testTenant = aTenantStore();
    const { store, tenant } = testTenant;
    matching = [{ type: "company", customerId: customer("acme") }];
    let ids = 0;
    context = {
      ...store,
      tenant,
      suppressionOf: () => Promise.resolve(undefined),
      select: () => Promise.resolve(ok({ asOf: day("2026-11-22"), owners: matching })),
      checkCriteria: () => Promise.resolve({ ok: true, value: { criteria: category } }),
      clock: () => Date.parse("2026-11-23T10:00:00Z"),
      newId: () => `${(ids += 1)}`,
    };
    await store.imports.saveUsers([{ userId: anna, name: "Anna Berg", role: "rep" }]);
    await store.imports.saveCustomers([
      { customerId: customer("acme"), name: "Acme & Sons", repId: anna },
      { customerId: customer("blue"), name: "Blue", assignedUserId: bob },
      { customerId: customer("cove"), name: "Cove" },
    ]);
    await store.imports.savePersons([
      { personId: personIdSchema.parse("eva"), customerId: customer("acme"), name: "Eva" },
    ]);
    await store.imports.saveProjects([{ projectId: projectIdSchema.parse("bar"), customerId: customer("acme") }]);
    const request = (id: string, customerId: string, parts: object = {}) => ({
      requestId: requestIdSchema.parse(id),
      customerId: customer(customerId),
      createdAt: toInstant(Date.parse("2026-11-01T10:00:00Z")),
      createdOn: day("2026-11-01"),
      ...parts,
    });
    await store.imports.saveRequests([
      request("T-1", "acme", { personId: personIdSchema.parse("eva") }),
      request("T-2", "acme"),
      request("T-3", "acme", { closedAt: toInstant(Date.parse("2026-11-02T10:00:00Z")), closedOn: day("2026-11-02") }),
      request("T-4", "cove"),
    ]);
  });

  const made = async (given: Parameters<typeof createSelection>[1]) => {
    const selection = await createSelection(context, given, "user:max");
    if (!selection.ok) throw new Error(selection.message);
    return selection.value.selectionId;
  };
  const aList = async (ids: readonly string[], ownerType: "company" | "person" | "project" = "company") => {
    const selectionId = await made({ name: "List", ownerType });
    expect(await addMembers(context, selectionId, ids)).toMatchObject({ ok: true });
    return selectionId;
  };
  const members = async (selectionId: string) => {
    const read = await readMembers(context, selectionId);
    return read.ok ? read.value.owners.map(ownerIdOf) : read.reason;
  };
  const start = async (selectionId: string, asked: SelectionAction) => {
    const started = await startAction({
      context,
      sources: { ...context, records: testTenant.store.records },
      operations: testTenant.store.selectionOperations,
      selectionId,
      asked,
      actorId: "user:max",
      requestId: "r1",
    });
    if (!started.ok) throw new Error(started.message);
    return started.value.operationId;
  };
  const run = async (operationId: Awaited<ReturnType<typeof start>>, isEnough?: () => boolean) => {
    const operations = testTenant.store.selectionOperations;
    const effects = { wait: () => Promise.resolve(), random: () => 0 };
    const done = await runAction({ context, operations, operationId, effects, isEnough });
    if (!done.ok) throw new Error(done.message);
    return done.value;
  };
  const followUpsOf = async (id: string) =>
    (await testTenant.store.followUps.ofCustomer(customer(id))).map(({ text, userId, cause, owner }) => [
      ownerIdOf(owner),
      text,
      userId,
      cause.type === "selection" ? cause.requestId : "",
    ]);

  it("SA11 scenario 15: keeps a customer that has left when it is static, and does not when it is dynamic", async () => {
    const dynamic = await made({ name: "Neglected", ownerType: "company", criteria: category });
    const frozen = await freezeSelection(context, { selectionId: dynamic, name: "Neglected in November" }, "user:max");
    if (!frozen.ok) throw new Error(frozen.message);
    expect(frozen.value).toMatchObject({ kind: "static", frozenFrom: { selectionId: dynamic, on: "2026-11-22" } });
    matching = [{ type: "company", customerId: customer("blue") }];
    expect([await members(dynamic), await members(frozen.value.selectionId)]).toEqual([["blue"], ["acme"]]);
  });

  it("OP02: is seen with all its members or not at all; what was cut off is gone an hour later", async () => {
    const { selections } = testTenant.store;
    const dynamic = await made({ name: "Neglected", ownerType: "company", criteria: category });
    const freeze = (name: string) => freezeSelection(context, { selectionId: dynamic, name }, "user:max");
    const isCut = { ...context, selections: { ...selections, create: () => Promise.reject(new Error("cut off")) } };
    await expect(freezeSelection(isCut, { selectionId: dynamic, name: "Half" }, "user:max")).rejects.toThrow("cut off");
    const names = async () => (await selections.list()).map(({ name }) => name);
    const membersOfHalf = () => testTenant.partition(testTenant.keys.selectionMembers("sel_2"));
    expect([await names(), await selections.find("sel_2")]).toEqual([["Neglected"], undefined]);
    context = { ...context, clock: () => Date.parse("2026-11-23T11:00:00Z") };
    await freeze("Frozen");
    expect((await membersOfHalf()).length).toBe(1);
    context = { ...context, clock: () => Date.parse("2026-11-23T11:00:00.001Z") };
    await freeze("Frozen again");
    expect(await membersOfHalf()).toEqual([]);
    expect([await names(), (await testTenant.partition(testTenant.keys.selections())).length]).toEqual([
      ["Frozen", "Frozen again", "Neglected"],
      3,
    ]);
  });

  it("takes and loses members by id, each once; one that is not known refuses all, with its place", async () => {
    const list = await aList(["blue", "acme", "acme"]);
    expect(await addMembers(context, list, ["cove", "nobody"])).toMatchObject({
      reason: "unusable-fields",
      errors: [{ path: "ids.1", code: "unknown-id", message: "is no company of the tenant: nobody" }],
    });
    expect(await members(list)).toEqual(["acme", "blue"]);
    await removeMembers(context, list, ["acme", "nobody"]);
    expect(await members(list)).toEqual(["blue"]);
    expect(await members(await aList(["eva"], "person"))).toEqual(["eva"]);
    expect(await members(await aList(["bar"], "project"))).toEqual(["bar"]);
  });

  it("of criteria takes no members, and a list no criteria", async () => {
    const dynamic = await made({ name: "Neglected", ownerType: "company", criteria: category });
    expect(await addMembers(context, dynamic, ["acme"])).toMatchObject({ reason: "selection-is-dynamic" });
    const list = await aList([]);
    expect(await changeSelection(context, list, { criteria: category })).toMatchObject({
      reason: "selection-is-static",
    });
    expect(await changeSelection(context, list, { name: "Calls" })).toMatchObject({
      value: { name: "Calls", version: 2 },
    });
    expect(await deleteSelection(context, list)).toMatchObject({ ok: true });
    expect(await members(list)).toBe("unknown-selection");
  });

  it("SA20: becomes a call list: one follow-up per member for our contact, else for who starts it", async () => {
    const list = await aList(["acme", "blue", "cove"]);
    const operationId = await start(list, { action: "follow-up", type: "call", text: "Call <name>, says <cont>" });
    expect(await run(operationId)).toMatchObject({ state: "done", total: 3, made: 3, skipped: 0 });
    expect(await run(operationId)).toMatchObject({ state: "done", made: 3 });
    expect([await followUpsOf("acme"), await followUpsOf("blue"), await followUpsOf("cove")]).toEqual([
      [["acme", "Call Acme & Sons, says Anna Berg", "anna", undefined]],
      [["blue", `Call Blue, says ${testTenant.tenant.name}`, "max", undefined]],
      [["cove", `Call Cove, says ${testTenant.tenant.name}`, "max", undefined]],
    ]);
  });

  it("SA20: asks the assigned user where the rep is nobody's id, as the statuses of the customer do", async () => {
    const { imports } = testTenant.store;
    const nobody = userIdSchema.parse("left-long-ago");
    await imports.saveUsers([{ userId: bob, name: "Bob Dahl", role: "rep" }]);
    await imports.saveCustomers([{ customerId: customer("blue"), name: "Blue", repId: nobody, assignedUserId: bob }]);
    await run(await start(await aList(["blue"]), { action: "follow-up", type: "call", text: "Call, says <cont>" }));
    expect(await followUpsOf("blue")).toEqual([["blue", "Call, says Bob Dahl", "bob", undefined]]);
  });

  it("SA20: asks whoever gets the news of a rep who has left, else who starts it", async () => {
    const asked = { action: "follow-up", type: "call", text: "Call" } as const;
    const { imports } = testTenant.store;
    const left = { userId: anna, name: "Anna Berg", role: "rep", isActive: false } as const;
    await imports.saveUsers([left]);
    await run(await start(await aList(["acme"]), asked));
    await imports.saveUsers([
      { ...left, teamId: "north" },
      { userId: bob, name: "Bob Dahl", role: "manager", teamId: "north" },
    ]);
    await run(await start(await aList(["acme"]), asked));
    expect((await followUpsOf("acme")).map(([, , userId]) => userId).toSorted()).toEqual(["bob", "max"]);
  });

  it("makes nothing for a member that was erased since the start, and all for the others", async () => {
    const list = await aList(["acme", "cove"]);
    const operationId = await start(list, { action: "follow-up", type: "call", text: "Call" });
    const { selectionOperations } = testTenant.store;
    const page = await selectionOperations.chunk(operationId, 0);
    if (page === undefined) throw new Error("there is one");
    const erased = { owner: { type: "company", customerId: customer("erased") }, unmailed: "gone" } as const;
    await selectionOperations.saveChunk(operationId, { ...page, members: [erased, ...page.members.slice(1)] });
    expect(await run(operationId)).toMatchObject({ state: "done", made: 1, skipped: 1 });
    expect([await followUpsOf("erased"), (await followUpsOf("cove")).length]).toEqual([[], 1]);
  });

  it("has persons and projects at the customer that they belong to now", async () => {
    const { imports } = testTenant.store;
    const [persons, projects] = [await aList(["eva"], "person"), await aList(["bar"], "project")];
    await imports.savePersons([{ personId: personIdSchema.parse("eva"), customerId: customer("cove"), name: "Eva" }]);
    await imports.saveProjects([{ projectId: projectIdSchema.parse("bar"), customerId: customer("blue") }]);
    for (const [list, customerId] of [
      [persons, "cove"],
      [projects, "blue"],
    ] as const) {
      const read = await readVisibleMembers(context, list, (one) => one.customerId === customerId);
      expect(read).toMatchObject({ ok: true, value: { owners: [{ customerId }] } });
      const operationId = await start(list, { action: "follow-up", type: "call", text: "Call <name>" });
      expect(await run(operationId)).toMatchObject({ made: 1, skipped: 0 });
    }
    expect([await followUpsOf("acme"), (await followUpsOf("cove")).length, (await followUpsOf("blue")).length]).toEqual(
      [[], 1, 1],
    );
  });

  it("SA20: follows up on every open request of its members, and on no closed one", async () => {
    await testTenant.store.imports.saveUsers([{ userId: bob, name: "Bob", role: "rep" }]);
    const asked = { action: "follow-up-requests", type: "task", text: "Solve it", userId: bob } as const;
    expect(await run(await start(await aList(["acme", "blue", "cove"]), asked))).toMatchObject({ total: 3, made: 3 });
    const ofAcme = await followUpsOf("acme");
    expect([ofAcme.map(([, , , requestId]) => requestId), (await followUpsOf("cove")).length]).toEqual([
      ["T-1", "T-2"],
      1,
    ]);
    expect(await run(await start(await aList(["eva"], "person"), asked))).toMatchObject({ total: 1 });
    await expect(start(await aList(["bar"], "project"), asked)).rejects.toThrow("belong to customers and persons");
  });

  it("SA20: acts on the members of its start, once each, however often it is cut off", async () => {
    const many = Array.from({ length: 130 }, (_, i) => customer(`m-${String(i).padStart(3, "0")}`));
    await testTenant.store.imports.saveCustomers(many.map((customerId) => ({ customerId, repId: anna })));
    const list = await aList(many);
    const operationId = await start(list, { action: "follow-up", type: "call", text: "Call" });
    await removeMembers(context, list, many.slice(0, 60));
    let pieces = 0;
    for (let state = "running"; state === "running"; { state } = await run(operationId, () => (pieces += 1) % 2 === 0));
    const { selectionOperations, followUps } = testTenant.store;
    expect(await selectionOperations.find(operationId)).toMatchObject({ total: 130, next: 130, made: 130 });
    expect(await followUps.openOf(anna)).toHaveLength(130);
    expect((await selectionOperations.chunk(operationId, 1))?.results).toHaveLength(30);
  });
});
