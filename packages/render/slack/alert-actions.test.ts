import type { AlertStanding } from "@regulars/core/slack/handled";
import { day, toInstant, userIdSchema } from "@regulars/core/platform/values";
import * as fc from "fast-check";
import * as z from "zod";
import { expect, it } from "vitest";
import { alertMessage } from "../alert.ts";
import { endInWords } from "./alert-actions.ts";
import { wordsOf } from "../texts/words.ts";
import { aLine, anAlert, hostileValues } from "../testing.ts";

const sanne = userIdSchema.parse("sanne");
const at = toInstant(Date.parse("2026-11-23T08:00:00Z"));
const nameOf = (userId: string): string => `Name of ${userId}`;
const handled = { findingId: "cold-coffee:cafe", episode: "2026-11-01", version: 1 };

const alert = (parts: object = {}) => anAlert({ episode: "2026-11-01", ...parts });
const actionsOf = (standing?: AlertStanding, parts: object = {}): string[] =>
  alertMessage(alert(parts), () => standing).blocks.flatMap((block) =>
    block.type === "actions" ? block.elements.map((one) => ("action_id" in one ? String(one.action_id) : "")) : [],
  );
const shownOf = (standing: AlertStanding): string => JSON.stringify(alertMessage(alert(), () => standing).blocks);

it("offers what can be done, each with the finding and its episode", () => {
  expect(actionsOf()).toEqual([
    "open",
    "contacted",
    "snooze-7",
    "snooze-30",
    "snooze-180",
    "feedback-useful",
    "feedback-known_reason",
    "feedback-wrong",
  ]);
  expect(JSON.stringify(alertMessage(alert()).blocks)).toContain(
    JSON.stringify(JSON.stringify(["cold-coffee:cafe", "2026-11-01"])),
  );
});

it("offers nothing again that was done, and says who did it", () => {
  const contacted = { ...handled, contacted: { by: sanne, at } };
  expect(actionsOf({ handled: contacted, nameOf })).not.toContain("contacted");
  expect(shownOf({ handled: contacted, nameOf })).toContain("Contacted by Name of sanne");
  const snoozed = { ...handled, snoozed: { by: sanne, at, until: day("2026-12-23") } };
  expect(actionsOf({ handled: snoozed, nameOf }).filter((id) => id.startsWith("snooze"))).toEqual([]);
  expect(shownOf({ handled: snoozed, nameOf })).toContain("Snoozed until 23 December by Name of sanne");
  const liked = { ...handled, feedback: { by: sanne, at, verdict: "useful" as const } };
  expect(actionsOf({ handled: liked, nameOf }).filter((id) => id.startsWith("feedback"))).toEqual([]);
  expect(shownOf({ handled: liked, nameOf })).toContain("Useful, says Name of sanne");
});

it("only opens a finding that ended, and says how", () => {
  const ended = { on: day("2026-11-03"), outcome: "won_back" as const };
  expect(actionsOf({ ended, nameOf })).toEqual(["open"]);
  expect(shownOf({ ended, nameOf })).toContain("Already won back on 3 November");
  expect(endInWords(ended, wordsOf("en-GB"))).toBe("already won back on 3 November");
  expect(endInWords(ended, wordsOf("da"))).toBe("allerede vundet tilbage den 3. november");
  expect(endInWords(ended, wordsOf("pt-BR"))).toBe("já reconquistado em 3 de novembro");
  expect(endInWords(ended, wordsOf("uk"))).toBe("уже повернули 3 листопада");
  expect(endInWords("unknown", wordsOf("en-GB"))).toBe("no longer open");
});

it("only opens an alert without an episode, and one whose id is too long for a button", () => {
  expect(actionsOf(undefined, { episode: undefined })).toEqual(["open"]);
  expect(actionsOf(undefined, { line: aLine({ findingId: `cold-coffee:${"x".repeat(2_000)}` }) })).toEqual(["open"]);
});

const textSchema = z.object({ type: z.string(), text: z.string().min(1).max(3_000) });
const buttonSchema = z.object({
  type: z.literal("button"),
  action_id: z.string().min(1).max(255),
  text: z.object({ type: z.literal("plain_text"), text: z.string().min(1).max(75) }),
  value: z.string().max(2_000).optional(),
  url: z.string().max(3_000).optional(),
});
/** Slack's limits: https://docs.slack.dev/reference/block-kit/blocks */
const blocksSchema = z
  .array(
    z.discriminatedUnion("type", [
      z.object({ type: z.literal("header"), text: z.object({ text: z.string().min(1).max(150) }) }),
      z.object({
        type: z.literal("section"),
        text: textSchema.optional(),
        fields: z
          .array(z.object({ text: z.string().min(1).max(2_000) }))
          .max(10)
          .optional(),
      }),
      z.object({ type: z.literal("actions"), elements: z.array(buttonSchema).min(1).max(25) }),
      z.object({ type: z.literal("divider") }),
      z.object({ type: z.literal("context"), elements: z.array(textSchema).min(1).max(10) }),
    ]),
  )
  .max(50);

it("keeps Slack's limits whatever the names, texts and ids are, and 13,000 characters for all blocks", () => {
  const hostile = fc.oneof(fc.constantFrom(...hostileValues), fc.string({ unit: "binary", maxLength: 4_000 }));
  fc.assert(
    fc.property(hostile, hostile, hostile, hostile, fc.boolean(), (name, why, followUp, id, isEnded) => {
      const standing: AlertStanding = {
        handled: {
          ...handled,
          contacted: { by: sanne, at },
          snoozed: { by: sanne, at, until: day("2026-12-23") },
          feedback: { by: sanne, at, verdict: "wrong" },
        },
        ...(isEnded ? { ended: { on: day("2026-11-03"), outcome: "resolved" as const } } : {}),
        nameOf: () => name,
      };
      const line = aLine({ customerName: name, why, followUp, findingId: id, contact: { name, phone: why } });
      const further = { title: name, line: aLine({ customerName: name, why, findingId: id, episode: id }) };
      for (const [given, count] of [
        [undefined, 0],
        [standing, 0],
        [undefined, 3],
        [standing, 60],
      ] as const) {
        const others = Array.from({ length: count }, () => further);
        const merged = alert({ line, others, title: name, episode: id, tenantName: name });
        const { text, blocks } = alertMessage(merged, () => given);
        expect(() => blocksSchema.parse(blocks)).not.toThrow();
        const texts: string[] = [];
        JSON.stringify(blocks, (key, value: unknown) => {
          if (key === "text" && typeof value === "string") texts.push(value);
          return value;
        });
        expect(texts.join("").length).toBeLessThanOrEqual(13_000);
        expect(
          texts.join("").replaceAll(/<(?:tel:[+\d]+\|[^<>|]*|https:[^<>|]*\|[^<>|]*|@U02SANNE)>/g, ""),
        ).not.toMatch(/<|@channel>/);
        expect(text.length).toBeLessThanOrEqual(3_000);
      }
    }),
    { numRuns: 15 },
  );
});
