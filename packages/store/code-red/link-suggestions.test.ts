import { beforeEach, describe, expect, it } from "vitest";
import { instantSchema, itemIdSchema } from "@regulars/core/platform/values";
import { linkSuggestion, suggestionRun } from "../../../test/entities/samples/link-suggestions.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";

let testTenant: TestTenant;

beforeEach(() => {
  testTenant = aTenantStore();
});

/** A run of which every suggestion has the same number of joint orders, so that parts of two runs can be told apart. */
const runOf = (count: number, joint: number) => ({
  run: { ...suggestionRun, held: joint },
  suggestions: Array.from({ length: count }, (_, i) => ({
    ...linkSuggestion,
    linkedItemId: itemIdSchema.parse(`item-${i}`),
    joint,
  })),
});

describe("kept suggestions", () => {
  it("CR32: are read whole and in their order, however many there are, and replaced whole", async () => {
    const { links } = testTenant.store;
    expect(await links.suggestions()).toBeUndefined();
    const many = runOf(10_000, 7);
    await links.keepSuggestions(many);
    expect(await links.suggestions()).toEqual(many);
    await links.keepSuggestions(runOf(1, 8));
    expect(await links.suggestions()).toEqual(runOf(1, 8));
    expect(await testTenant.partition(testTenant.keys.suggestions())).toHaveLength(2);
  });

  it("OP02: lose the pages of a run that was cut off before its head, an hour later", async () => {
    const { links } = testTenant.store;
    const runAt = (at: string) => ({ ...runOf(1, 7), run: { ...suggestionRun, at: instantSchema.parse(at) } });
    const cutOff = testTenant.another();
    cutOff.table.raw.middlewareStack.add(
      (next, context) => (args) =>
        context["commandName"] === "TransactWriteItemsCommand" ? Promise.reject(new Error("cut off")) : next(args),
      { step: "initialize", name: "cutOff" },
    );
    await expect(cutOff.store.links.keepSuggestions(runAt("2026-11-23T10:00:00.000Z"))).rejects.toThrow("cut off");
    const stored = async () => (await testTenant.partition(testTenant.keys.suggestions())).length;
    expect(await stored()).toBe(1);
    await links.keepSuggestions(runAt("2026-11-23T11:00:00.000Z"));
    expect(await stored()).toBe(3);
    await links.keepSuggestions(runAt("2026-11-23T11:00:00.001Z"));
    expect(await stored()).toBe(2);
  });

  it("CR32: are those of one run, whoever suggests and reads at once", async () => {
    await testTenant.store.links.keepSuggestions(runOf(4_100, 1));
    const writers = [2, 3, 4].map((joint) =>
      testTenant.another().store.links.keepSuggestions(runOf(4_100 + joint, joint)),
    );
    const readers = Array.from({ length: 6 }, () => testTenant.another().store.links.suggestions());
    for (const kept of await Promise.all(readers)) {
      const joint = kept?.run.held ?? 0;
      expect(kept).toEqual(runOf(4_100 + (joint === 1 ? 0 : joint), joint));
    }
    await Promise.all(writers);
    const kept = await testTenant.store.links.suggestions();
    expect(new Set(kept?.suggestions.map(({ joint }) => joint))).toEqual(new Set([kept?.run.held]));
    expect(await testTenant.partition(testTenant.keys.suggestions())).toHaveLength(1 + 3);
  });
});
