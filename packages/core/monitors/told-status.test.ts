import { describe, expect, it } from "vitest";
import { dayOf, textOf } from "../platform/message-text.ts";
import { monitorIdSchema } from "../platform/ids.ts";
import { customerIdSchema, day } from "../platform/values.ts";
import { newMonitor } from "./change-monitor.ts";
import { newMonitorSchema } from "./status-monitor.ts";
import type { StatusCard } from "./status-template.ts";
import { toldStatus } from "./told-status.ts";

const acme: StatusCard = {
  statusName: "Sleeping",
  since: "2026-11-23",
  contactName: "Anna Berg",
  customer: { customerId: customerIdSchema.parse("acme"), name: "Acme", phone: "+45 12 34 56 78" },
};

/** The values that are kept for a status with these texts. */
function keptFor(description: string, { card = acme, followUp }: { card?: StatusCard; followUp?: string } = {}) {
  const given = newMonitorSchema.parse({
    name: "Sleeping",
    ownerType: "company",
    description,
    ...(followUp === undefined ? {} : { followUp: { type: "call", textTemplate: followUp } }),
  });
  return toldStatus(newMonitor(monitorIdSchema.parse("sleeping"), given), card)?.variables;
}

describe("SA09: what is kept of a status that is told", () => {
  it("are the values that its description and its follow-up say, also with a fallback, in a block or where not known", () => {
    expect(keptFor("sleeps")).toEqual({});
    expect(keptFor("<name|the shop> sleeps", { followUp: "Call <cpho>, <cont>" })).toEqual({
      name: textOf("Acme"),
      cpho: textOf("+45 12 34 56 78"),
      cont: textOf("Anna Berg"),
    });
    expect(keptFor("{lost, plural, one {# item} other {# items}} of <terr>")).toEqual({
      lost: textOf(""),
      terr: textOf(""),
    });
  });

  it("are besides those that only an evaluation knows, which a card asks for when the text was changed since", () => {
    const card: StatusCard = { ...acme, lastSaleOn: "2026-09-22", risk: "high", lostItems: 2 };
    expect(keptFor("sleeps", { card })).toEqual({
      lsal: dayOf(day("2026-09-22")),
      risk: textOf("high"),
      lost: textOf("2"),
    });
    expect(keptFor("for <dlst> days")).toEqual({ lsal: textOf(""), dlst: textOf("") });
  });
});
