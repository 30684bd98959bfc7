import { describe, expect, it } from "vitest";
import { toInstant } from "@regulars/core/platform/values";
import type { LogEntry } from "@regulars/core/deals/deal";
import { dealIdSchema } from "@regulars/core/platform/ids";
import { pageWordsOf } from "../texts/page-words.ts";
import { logWords } from "./deal-log.ts";

const names = {
  status: (id: string) => ({ st_new: "New", st_talk: "Talk", st_lost: "Lost" })[id] ?? id,
  user: (id: string) => ({ anna: "Anna", bo: "Bo" })[id] ?? id,
  reason: (id: string) => ({ rsn_price: "Too expensive" })[id] ?? id,
};

const english = await pageWordsOf("en-US");

const words = (given: Partial<LogEntry>) => {
  const { what, detail, who } = logWords(
    {
      dealId: dealIdSchema.parse("D-1"),
      version: 2,
      action: "moved",
      at: toInstant(0),
      actorId: "user:anna",
      requestId: "req_1",
      ...given,
    },
    names,
    english,
  );
  return detail === undefined ? `${who}: ${what}` : `${who}: ${what} – ${detail}`;
};

describe("a row of a deal's log as text", () => {
  it.each<[string, Partial<LogEntry>]>([
    ["Anna: moved from New to Talk", { before: { statusId: "st_new" }, after: { statusId: "st_talk" } }],
    [
      "key k1: closed as Lost (Too expensive: by far)",
      {
        actorId: "key:k1",
        action: "closed",
        before: { statusId: "st_new" },
        after: { statusId: "st_lost", reasonId: "rsn_price", clarification: "by far" },
      },
    ],
    ["Anna: closed as Lost", { action: "closed", after: { statusId: "st_lost" } }],
    [
      "Anna: closed as Lost (not specified: gone)",
      { action: "closed", after: { statusId: "st_lost", clarification: "gone" } },
    ],
    [
      "Anna: opened again: Lost was cancelled (Too expensive), now New – they called; Demo, from where it was closed, is no longer there",
      {
        action: "cancelled",
        before: { statusId: "st_lost", reasonId: "rsn_price" },
        after: { statusId: "st_new", fallback: true, wanted: "Demo" },
        comment: "they called",
      },
    ],
    ["Anna: handed from nobody to Bo", { action: "transferred", before: {}, after: { managerId: "bo" } }],
    [
      "schedule: given to Bo – fewest open deals (0)",
      {
        actorId: "schedule",
        action: "assigned",
        after: { managerId: "bo" },
        assignment: {
          state: "assigned",
          rule: "related>least",
          why: "fewest open deals (0)",
          evidence: [],
          candidates: [],
          skipped: [],
        },
      },
    ],
    [
      "command: came in as New, €19.99, Bo – imported",
      {
        actorId: "command",
        action: "added",
        after: { statusId: "st_new", amountMinor: 1999, currency: "EUR", managerId: "bo" },
        comment: "imported",
      },
    ],
    [
      "Anna: changed from Tea, €1.00 to Coffee, €2.00",
      {
        action: "updated",
        before: { title: "Tea", amountMinor: 100, currency: "EUR" },
        after: { title: "Coffee", amountMinor: 200, currency: "EUR" },
      },
    ],
    ["Anna: taken out of the plan – double", { action: "removed", comment: "double" }],
    ["Anna: came in again: this deal was open", { action: "duplicate" }],
  ])("is %s", (said, given) => {
    expect(words(given)).toBe(said);
  });

  it("shows the id where the name is unknown", () => {
    expect(words({ actorId: "user:eve", before: { statusId: "st_a" }, after: { statusId: "st_b" } })).toBe(
      "eve: moved from st_a to st_b",
    );
  });

  it("CN06: is in the reader's language, money too", async () => {
    const entry: LogEntry = {
      dealId: dealIdSchema.parse("D-1"),
      version: 2,
      action: "closed",
      at: toInstant(0),
      actorId: "key:k1",
      requestId: "req_1",
      before: { statusId: "st_new" },
      after: { statusId: "st_lost", reasonId: "rsn_price", fallback: true },
    };
    const added = {
      ...entry,
      action: "added",
      after: { statusId: "st_new", amountMinor: 123_456, currency: "DKK" },
    } as const;
    const [danish, ukrainian] = [await pageWordsOf("da"), await pageWordsOf("uk")];
    expect(logWords(entry, names, danish)).toMatchObject({
      who: "nøgle k1",
      what: "lukket som Lost (Too expensive)",
      detail: "det vides ikke, hvorfra den blev lukket",
    });
    expect(logWords(added, names, danish).what).toBe("kom ind som New, 1.234,56\u00a0kr., ingen ansvarlig");
    expect(logWords(entry, names, ukrainian).what).toBe("закрито як Lost (Too expensive)");
  });
});
