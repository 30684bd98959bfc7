import { builtInInsights } from "@regulars/core/insights/catalog";
import type { Activity } from "@regulars/core/customers/activity";
import { newMonitor } from "@regulars/core/monitors/change-monitor";
import type { SelectionAction } from "@regulars/core/monitors/selection-action";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import type { MessageSender } from "@regulars/core/notifications/notification";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { ok } from "@regulars/core/platform/result";
import { TryLaterError } from "@regulars/core/platform/try-later-error";
import {
  activityIdSchema,
  customerIdSchema,
  day,
  personIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, all, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { sendDue } from "../notifications/send-due.ts";
import type { ActionContext } from "./act-on-member.ts";
import { previewAction } from "./preview-action.ts";
import { runAction } from "./run-action.ts";
import type { SelectionContext } from "./selection-context.ts";
import { addMembers, createSelection, removeMembers } from "./selections.ts";
import { settleChanged } from "./settle-changed.ts";
import { startAction } from "./start-action.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const customer = (id: string) => customerIdSchema.parse(id);
const anna = userIdSchema.parse("anna");
const START = Date.parse("2026-11-23T10:00:00Z");
const NEWS: SelectionAction = {
  action: "mailing",
  subject: "News for <name>",
  text: "Hello <name>,\n\nyours, <cont>",
};

/** MAILING=all sends to 3,000; without it to a tenth of them. */
const PARTS = process.env["MAILING"] === "all" ? 10 : 1;

describe("a group mailing", () => {
  let testTenant: TestTenant;
  let nowMs: number;
  let context: SelectionContext & ActionContext;

  beforeEach(async () => {
    testTenant = aTenantStore({ edition: "pro" });
    nowMs = START;
    const { store, tenant } = testTenant;
    let ids = 0;
    context = {
      ...store,
      tenant,
      suppressionOf: (address) => Promise.resolve(address.startsWith("bounced") ? "mails came back" : undefined),
      select: () => Promise.resolve(ok({ asOf: day("2026-11-22"), owners: [] })),
      checkCriteria: () => Promise.reject(new Error("not asked")),
      clock: () => nowMs,
      newId: () => `${(ids += 1)}`,
    };
    await store.imports.saveUsers([{ userId: anna, name: "Anna Berg", role: "rep", email: "anna@example.com" }]);
  });

  const aList = async (ids: readonly string[], ownerType: "company" | "person" = "company") => {
    const made = await createSelection(context, { name: "List", ownerType }, "user:max");
    if (!made.ok) throw new Error(made.message);
    await addMembers(context, made.value.selectionId, ids);
    return made.value.selectionId;
  };
  const preview = async (selectionId: string, asked = NEWS) => {
    const sources = { ...context, records: testTenant.store.records };
    const found = await previewAction({ context, sources, selectionId, asked });
    if (!found.ok) throw new Error(found.message);
    return found.value;
  };
  const start = async (selectionId: string) => {
    const started = await startAction({
      context,
      sources: { ...context, records: testTenant.store.records },
      operations: testTenant.store.selectionOperations,
      selectionId,
      asked: NEWS,
      actorId: "user:max",
      requestId: "r1",
    });
    if (!started.ok) throw new Error(started.message);
    return started.value.operationId;
  };
  const run = async (
    operationId: Awaited<ReturnType<typeof start>>,
    given: Partial<ActionContext> = {},
    isEnough?: () => boolean,
  ) => {
    const operations = testTenant.store.selectionOperations;
    const effects = { wait: () => Promise.resolve(), random: () => 0 };
    const done = await runAction({ context: { ...context, ...given }, operations, operationId, effects, isEnough });
    if (!done.ok) throw new Error(done.message);
    return done.value;
  };
  const mails = async () =>
    (await all(testTenant.store.outbox.list())).flatMap(({ message }) => (message.type === "group" ? [message] : []));

  describe("to five companies and their people", () => {
    beforeEach(async () => {
      const { imports, groupOptOuts } = testTenant.store;
      await imports.saveCustomers([
        { customerId: customer("acme"), name: "Acme & Sons", repId: anna, email: "shop@acme.example" },
        { customerId: customer("blue"), name: "Blue" },
        { customerId: customer("cove"), name: "Cove", email: "SHOP@acme.example" },
        { customerId: customer("dune"), name: "Dune" },
        { customerId: customer("elm"), name: "Elm", email: "bounced@elm.example" },
        { customerId: customer("fir"), name: "Fir", email: "no@fir.example" },
      ]);
      const person = (id: string, email?: string) => ({
        personId: personIdSchema.parse(id),
        customerId: customer("blue"),
        name: id,
        ...(email === undefined ? {} : { email }),
      });
      await imports.savePersons([person("a-none"), person("b-bob", "bob@blue.example"), person("c", "c@blue.example")]);
      await groupOptOuts.add(await groupOptOuts.hashOf("no@fir.example"), toInstant(START));
    });

    it("SA20: is counted and shown before it starts, with who is left out by name, and sends nothing", async () => {
      const found = await preview(await aList(["acme", "blue", "cove", "dune", "elm", "fir"]));
      expect(found).toMatchObject({
        total: 6,
        made: 2,
        leftOut: [
          { ownerId: "cove", name: "Cove", address: "SHOP@acme.example", reason: "same-address", detail: "acme" },
          { ownerId: "dune", name: "Dune", reason: "no-address" },
          {
            ownerId: "elm",
            name: "Elm",
            address: "bounced@elm.example",
            reason: "suppressed",
            detail: "mails came back",
          },
          { ownerId: "fir", name: "Fir", address: "no@fir.example", reason: "opted-out" },
        ],
        examples: [
          {
            ownerId: "acme",
            address: "shop@acme.example",
            subject: "News for Acme & Sons",
            text: "Hello Acme & Sons,\n\nyours, Anna Berg",
          },
          { ownerId: "blue", address: "bob@blue.example", subject: "News for Blue" },
        ],
      });
      expect(await mails()).toEqual([]);
    });

    it("SA20: sends one mail to each address, answered to our contact; its results name who got none", async () => {
      const list = await aList(["acme", "blue", "cove", "dune", "elm", "fir"]);
      const operationId = await start(list);
      await removeMembers(context, list, ["acme"]);
      expect(await run(operationId)).toMatchObject({ state: "done", total: 6, made: 2, skipped: 4 });
      expect(await run(operationId)).toMatchObject({ made: 2 });
      expect((await mails()).toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1))).toMatchObject([
        {
          to: { name: "Acme & Sons", address: "shop@acme.example" },
          replyTo: { name: "Anna Berg", address: "anna@example.com" },
          subject: "News for Acme & Sons",
        },
        { to: { name: "b-bob", address: "bob@blue.example" }, text: `Hello Blue,\n\nyours, ${testTenant.tenant.name}` },
      ]);
      expect((await testTenant.store.selectionOperations.chunk(operationId, 0))?.results).toMatchObject([
        { state: "made", address: "shop@acme.example" },
        { state: "made", address: "bob@blue.example" },
        { state: "skipped", reason: "same-address: acme", address: "SHOP@acme.example" },
        { state: "skipped", reason: "no-address" },
        { state: "skipped", reason: "suppressed: mails came back", address: "bounced@elm.example" },
        { state: "skipped", reason: "opted-out", address: "no@fir.example" },
      ]);
    });

    const cutOff = async (operationId: Awaited<ReturnType<typeof start>>) => {
      const operations = testTenant.store.selectionOperations;
      const effects = { wait: () => Promise.resolve(), random: () => 0 };
      const killed = { ...operations, advance: () => Promise.reject(new Error("killed")) };
      await expect(runAction({ context, operations: killed, operationId, effects })).rejects.toThrow("killed");
    };
    const movesTo = (email: string, id = "acme") =>
      testTenant.store.imports.saveCustomers([{ customerId: customer(id), name: "Acme & Sons", email }]);

    const sentTo = async () => (await mails()).map(({ to }) => to.address).toSorted();
    const oakAndPine = () =>
      testTenant.store.imports.saveCustomers([
        { customerId: customer("oak"), name: "Oak", email: "oak@wood.example" },
        { customerId: customer("pine"), name: "Pine", email: "pine@wood.example" },
      ]);

    it.each([
      ["take one address", [["pine", "oak@wood.example"]]],
      [
        "exchange their addresses",
        [
          ["oak", "pine@wood.example"],
          ["pine", "oak@wood.example"],
        ],
      ],
      [
        "take that of each other one after the other",
        [
          ["oak", "new@wood.example"],
          ["pine", "oak@wood.example"],
        ],
      ],
    ] as const)("sends each address of its start one mail when two members %s", async (_what, moves) => {
      for (const isCutOff of [false, true]) {
        await oakAndPine();
        const before = await sentTo();
        const operationId = await start(await aList(["oak", "pine"]));
        if (isCutOff) await cutOff(operationId);
        for (const [id, email] of moves) await movesTo(email, id);
        expect(await run(operationId)).toMatchObject({ state: "done", made: 2 });
        const sent = ["oak@wood.example", "pine@wood.example"];
        expect(await sentTo()).toEqual([...before, ...sent].toSorted());
      }
    });

    it("sends an address one mail also where two have it that take mail again since the start", async () => {
      const { groupOptOuts } = testTenant.store;
      await movesTo("no@fir.example", "pine");
      const list = await aList(["fir", "pine"]);
      expect((await preview(list)).leftOut).toMatchObject([{ reason: "opted-out" }, { reason: "opted-out" }]);
      const operationId = await start(list);
      await groupOptOuts.remove(await groupOptOuts.hashOf("no@fir.example"));
      expect(await run(operationId)).toMatchObject({ state: "done", made: 1 });
      expect(await sentTo()).toEqual(["no@fir.example"]);
    });

    it("sends none to a member without an address at the start, nor to one that is erased meanwhile", async () => {
      const list = await aList(["acme", "dune"]);
      const operationId = await start(list);
      await movesTo("first@dune.example", "dune");
      const { selectionOperations } = testTenant.store;
      const page = await selectionOperations.chunk(operationId, 0);
      if (page === undefined) throw new Error("there is one");
      const [acme, ...others] = page.members;
      if (acme === undefined) throw new Error("there is one");
      const erased = { ...acme, mailTo: { name: "erased", address: "erased" } };
      await selectionOperations.saveChunk(operationId, { ...page, members: [erased, ...others] });
      expect(await run(operationId)).toMatchObject({ state: "done", made: 0, skipped: 2 });
      expect((await selectionOperations.chunk(operationId, 0))?.results).toMatchObject([
        { reason: "unusable-address" },
        { reason: "no-address" },
      ]);
      expect(await mails()).toEqual([]);
    });

    it.each([
      ["its own name for the mail", "0123abcd"],
      ["none", undefined],
    ])("sends no second mail of an operation that an earlier release was cut off in, with %s", async (_what, named) => {
      const operationId = await start(await aList(["acme"]));
      const { selectionOperations } = testTenant.store;
      const page = await selectionOperations.chunk(operationId, 0);
      if (page === undefined) throw new Error("there is one");
      const members = page.members.map(({ owner }) => ({
        owner,
        ...(named === undefined ? {} : { mailName: named }),
      }));
      await selectionOperations.saveChunk(operationId, { ...page, members });
      await cutOff(operationId);
      const { groupOptOuts, outbox } = testTenant.store;
      const name = named ?? (await groupOptOuts.hashOf("shop@acme.example"));
      expect(await outbox.find(`group:${operationId}:${name}`)).toBeDefined();
      expect(await run(operationId)).toMatchObject({ state: "done", made: 1 });
      expect(await mails()).toHaveLength(1);
    });

    it("goes to the persons of a selection of persons", async () => {
      expect(await preview(await aList(["a-none", "b-bob", "c"], "person"))).toMatchObject({
        made: 2,
        leftOut: [{ ownerId: "a-none", reason: "no-address" }],
      });
    });
  });

  describe("to 130 persons of whom three have one address", () => {
    const ids = Array.from({ length: 130 }, (_, i) => `p-${String(i).padStart(3, "0")}`);
    const sharing = ["p-003", "p-110", "p-120"];
    const at = (personId: string, customerId: string) => ({
      personId: personIdSchema.parse(personId),
      customerId: customer(customerId),
      email: sharing.includes(personId) ? "office@acme.example" : `${personId}@acme.example`,
    });
    const leaves = (personId: string) => testTenant.store.imports.savePersons([at(personId, "blue")]);
    let operationId: Awaited<ReturnType<typeof start>>;

    beforeEach(async () => {
      await testTenant.store.imports.saveCustomers([
        { customerId: customer("acme") },
        { customerId: customer("blue") },
      ]);
      await testTenant.store.imports.savePersons(ids.map((id) => at(id, "acme")));
      operationId = await start(await aList(ids, "person"));
    });

    /** What became of the three, and how many mails went to their address. */
    const outcome = async () => {
      const pages = await Promise.all(
        [0, 1].map((page) => testTenant.store.selectionOperations.chunk(operationId, page)),
      );
      const results = pages.flatMap((page) => page?.results ?? []);
      const toOffice = (await mails()).filter(({ to }) => to.address === "office@acme.example");
      return [...sharing.map((id) => results[ids.indexOf(id)]?.reason ?? "made"), toOffice.length];
    };

    it("SA20: goes to the next who has the address when the first has left since the start", async () => {
      await leaves("p-003");
      expect(await run(operationId)).toMatchObject({ state: "done", made: 128, skipped: 2 });
      expect(await outcome()).toEqual(["gone", "made", "same-address: p-110", 1]);
    });

    it("SA20: goes to the last when both before have left, also after it was cut off", async () => {
      await leaves("p-003");
      await leaves("p-110");
      let pieces = 0;
      for (let state = "running"; state === "running";)
        ({ state } = await run(operationId, {}, () => (pieces += 1) % 2 === 0));
      expect(await outcome()).toEqual(["gone", "gone", "made", 1]);
    });

    it("SA20: goes to nobody again when the first has left after it was mailed", async () => {
      let pieces = 0;
      await run(operationId, {}, () => (pieces += 1) > 1);
      await leaves("p-003");
      expect(await run(operationId)).toMatchObject({ state: "done", made: 128, skipped: 2 });
      expect(await outcome()).toEqual(["made", "same-address: p-003", "same-address: p-003", 1]);
    });
  });

  it.each([
    ["answers", { type: "email", direction: "in" }],
    ["calls", { type: "call", direction: "out" }],
  ] as const)("scenario 7: to the neglected is no contact: they stay so until somebody %s", async (_, contact) => {
    const { store, tenant } = testTenant;
    await store.imports.saveCustomers([{ customerId: customer("acme"), name: "Acme", email: "shop@acme.example" }]);
    const told = (activityId: string, on: string, more: Partial<Activity>) =>
      store.imports.saveActivities([
        {
          activityId: activityIdSchema.parse(activityId),
          customerId: customer("acme"),
          type: "call",
          direction: "in",
          occurredAt: toInstant(Date.parse(`${on}T12:00:00Z`)),
          occurredOn: day(on),
          completed: true,
          ...more,
        },
      ]);
    await told("old", "2026-06-01", {});
    await store.monitors.create(
      newMonitor(
        monitorIdSchema.parse("neglected"),
        newMonitorSchema.parse({
          name: "Neglected",
          ownerType: "company",
          criteria: { field: "activity.totalIn1", op: "=", value: 0 },
        }),
      ),
    );
    const held = async (on: string) => {
      const another = testTenant.another().store;
      const now = toInstant(Date.parse(`${on}T22:00:00Z`));
      await settleChanged({
        tenant,
        catalog: builtInInsights,
        store: another,
        now,
        newId: () => "1",
        isEverybody: true,
      });
      const { values } = await another.statuses.statusesOf(customer("acme"));
      return values?.held.map(({ statusId, since }) => `${statusId} ${since}`);
    };
    expect(await held("2026-11-23")).toEqual(["neglected 2026-07-01"]);
    expect(await run(await start(await aList(["acme"])))).toMatchObject({ made: 1 });
    expect(await all(store.records.activitiesOf(customer("acme")))).toContainEqual(
      expect.objectContaining({ type: "email", direction: "out", mass: true, completed: true }),
    );
    expect(await held("2026-11-24")).toEqual(["neglected 2026-07-01"]);
    await told("away", "2026-11-25", { type: "email", automatic: true });
    expect(await held("2026-11-25")).toEqual(["neglected 2026-07-01"]);
    await told("new", "2026-11-26", contact);
    expect(await held("2026-11-26")).toEqual([]);
  });

  it("scenario 13: to thousands stops at the rate of the mail provider, goes on after kills, and reaches each once", async () => {
    const { imports, groupOptOuts, outbox } = testTenant.store;
    const ids = Array.from({ length: 300 * PARTS }, (_, i) => `c-${String(i).padStart(4, "0")}`);
    await imports.saveCustomers(
      ids.map((id, i) => ({ customerId: customer(id), email: `${i % 100 === 7 ? "bounced" : "shop"}@${id}.example` })),
    );
    const out = await groupOptOuts.hashOf("shop@c-0001.example");
    await groupOptOuts.add(out, toInstant(START));
    const list = await aList([]);
    for (let from = 0; from < ids.length; from += 1_000) await addMembers(context, list, ids.slice(from, from + 1_000));
    const operationId = await start(list);
    // Every third piece is killed between its activities and its mails, and every fifth before both.
    let pieces = 0;
    const killing: Partial<ActionContext> = {
      imports: {
        saveActivities: (...given) => {
          pieces += 1;
          return pieces % 5 === 0 ? Promise.reject(new Error("killed")) : imports.saveActivities(...given);
        },
      },
      nightly: {
        ...context.nightly,
        queueNotifications: (given) =>
          pieces % 3 === 0 ? Promise.reject(new Error("killed")) : context.nightly.queueNotifications(given),
      },
    };
    for (let done = false; !done;)
      done = await run(operationId, killing).then(
        () => true,
        () => false,
      );
    expect(await testTenant.store.selectionOperations.find(operationId)).toMatchObject({
      state: "done",
      made: 297 * PARTS - 1,
      skipped: 3 * PARTS + 1,
    });

    // The provider takes 40 a second; the rest it wants later.
    const got: string[] = [];
    const perSecond = new Map<number, number>();
    const messageSender: MessageSender = {
      deliver: (message) => {
        const second = Math.floor(nowMs / 1000);
        const sent = perSecond.get(second) ?? 0;
        if (sent >= 40) return Promise.reject(new TryLaterError("Throttling: maximum sending rate exceeded", 1000));
        perSecond.set(second, sent + 1);
        if (message.type === "group") got.push(message.to.address);
        return Promise.resolve({ providerId: `p-${got.length}` });
      },
    };
    // Over when nothing is left, also where the index shows all.
    for (let isOver = false; !isOver;) {
      const before = got.length;
      for (let hasMore = true; hasMore;) {
        const report = await sendDue({ outbox, messageSender, texts: () => undefined, clock: () => nowMs, limit: 50 });
        hasMore = report.hasMore || report.retryInMs !== undefined;
        nowMs += report.retryInMs ?? 100;
      }
      await indexesCaughtUp();
      isOver = got.length > 0 && got.length === before;
    }
    expect(got).toHaveLength(297 * PARTS - 1);
    expect(new Set(got).size).toBe(297 * PARTS - 1);
    expect(got.some((address) => address.startsWith("bounced") || address === "shop@c-0001.example")).toBe(false);
    expect(Math.max(...perSecond.values())).toBe(40);
  });
});
