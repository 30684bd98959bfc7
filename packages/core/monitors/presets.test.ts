import { describe, expect, it } from "vitest";
import { newMonitor, textWarnings } from "./change-monitor.ts";
import { usualCounterSettings } from "./counter-settings.ts";
import { presetNames, presetOf } from "./presets.ts";
import { readCriteria } from "./read-criteria.ts";
import { monitorIdSchema } from "../platform/ids.ts";

describe("a preset", () => {
  it("is Neglected, Sleeping, Expensive customer or Unprofitable project", () => {
    expect(presetNames.map((name) => presetOf(name)?.name)).toEqual([
      "Neglected",
      "Sleeping",
      "Expensive customer",
      "Unprofitable project",
    ]);
    expect(presetOf("toString")).toBeUndefined();
  });

  it.each(presetNames)("can be saved as it is, without a warning: %s", (name) => {
    const preset = presetOf(name);
    if (preset === undefined) throw new Error(name);
    const { ownerType, criteria } = preset;
    const names = { kinds: [], categories: [], statusIds: [] };
    const context = { ownerType, settings: usualCounterSettings, ...names, healthOff: undefined };
    expect(readCriteria(criteria, context)).toEqual({ ok: true, value: criteria });
    expect(textWarnings(newMonitor(monitorIdSchema.parse(name), preset))).toEqual([]);
  });
});
