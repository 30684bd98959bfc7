import * as z from "zod";
import { threeKinds } from "../../../test/fixtures/three-kinds.ts";
import { defineInsight } from "@regulars/core/insights/define";
import { otherSubjectTypes } from "@regulars/core/insights/subject";
import { insightCatalog } from "@regulars/core/insights/insight-catalog";
import { numberOf } from "@regulars/core/platform/message-text";
import { template } from "@regulars/core/platform/template";
import { day, minor, toInstant, userIdSchema } from "@regulars/core/platform/values";
import type { MessageSender } from "@regulars/core/notifications/notification";
import { alertMessage } from "@regulars/render/alert";
import { digestEmail } from "@regulars/render/digest/digest";
import { wordAlert, wordDigest } from "@regulars/render/notifications/worded";
import { sendDue } from "../notifications/send-due.ts";
import { findStored } from "../insights/find-stored.ts";
import { forYou } from "../insights/for-you.ts";
import { listFindings } from "../insights/list-findings.ts";
import { describe, expect, it } from "vitest";
import { anInsightTenant } from "../../../test/fixtures/insight-tenant.ts";
import { all, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const AS_OF = "2026-09-25";

const words = {
  title: "Meetings",
  counted: "{numb, plural, one {# meeting} other {# meetings}}",
  why: "<ordr> orders and no meeting",
  followUp: "Hello <name>, shall we meet?",
};

/** A kind that is in one catalog only, about persons: meet them once there are orders. */
const meetings = defineInsight({
  id: "meeting-due",
  title: "Meetings",
  noun: { one: "meeting", many: "meetings" },
  version: 1,
  position: 5,
  settings: z.strictObject({}),
  facts: z.object({ orders: z.int() }),
  detect: ({ orderDayCount }) => [
    { subject: { type: "person", id: "the:boss" }, episode: "first", facts: { orders: orderDayCount } },
  ],
  assess: ({ orders }, { currency, asOf }) => ({
    level: "high",
    state: "open",
    atStakeMinor: minor(orders * 100),
    currency,
    since: asOf,
    rank: [-orders],
    evidence: { rule: "meeting-due/1", checks: [], documents: [], orders },
  }),
  variables: ({ orders }) => ({ ordr: numberOf(Number(orders)) }),
  text: template("<ordr> orders and no meeting"),
  followUp: template("Hello <name>, shall we meet?"),
  translations: { da: words, "pt-BR": words, uk: words },
});

describe("a kind that is added at run time", () => {
  const catalog = insightCatalog([...threeKinds.kinds, meetings]);

  it("is in the digest, in an alert and on the page like any other", async () => {
    const fixture = anInsightTenant({}, aTenantStore({ maxAlertsPerRepPerDay: 1 }));
    const ria = { userId: userIdSchema.parse("ria"), name: "Ria", email: "ria@x.example", role: "rep" } as const;
    await fixture.testTenant.store.imports.saveUsers([ria]);
    await fixture.customers({ acme: "ria", blue: "ria" });
    await fixture.orders("acme", ["2026-09-01", "2026-09-22"]);
    await fixture.orders("blue", ["2026-09-22"]);
    const summary = await fixture.nightly(AS_OF, { catalog });
    expect(summary.kinds[meetings.id]).toEqual({ eligible: 2, found: 2, added: 2 });

    const { tenant, store } = fixture.testTenant;
    const messages = (await all(store.outbox.list())).map(({ id, message }) => ({ id, message }));
    expect(messages).toMatchObject([
      { id: "alert:meeting-due:acme:person:the~003aboss:first", message: { type: "alert" } },
      {
        id: `digest:ria:${AS_OF}`,
        message: { type: "digest", sections: [{ kind: meetings.id, count: 2, toldCount: 1 }] },
      },
    ]);

    // The stored message has no language: its texts come from the catalog when it is sent.
    const [alert] = messages;
    const ofCatalog = { template: "meeting-due.why", variables: { ordr: numberOf(2) } };
    expect(alert?.message).toMatchObject({ line: { why: ofCatalog, followUp: { template: "meeting-due.followUp" } } });
    const sent: string[] = [];
    const messageSender: MessageSender = {
      deliver: async (message, _key, texts) => {
        if (message.type === "alert") sent.push(alertMessage(wordAlert(message, texts)).text);
        if (message.type === "digest") sent.push(digestEmail(wordDigest(message, texts)).subject);
        return { providerId: "x" };
      },
    };
    const clock = () => Date.parse("2026-09-27T00:00:00Z");
    await indexesCaughtUp();
    await sendDue({ outbox: store.outbox, messageSender, texts: catalog.textOf, clock });
    expect(sent.toSorted()).toEqual([
      expect.stringMatching(/: 2 meetings – .*25/),
      "▲ High: Meetings – ACME: 2 orders and no meeting",
    ]);

    const now = toInstant(Date.parse("2026-09-26T05:00:00Z"));
    const asked = { tenant, catalog, store: store.nightly, now };
    const page = await forYou({ ...asked, scopeFilter: { repId: ria.userId } });
    const id = "meeting-due:acme:person:the~003aboss";
    expect(page).toMatchObject({
      value: { forYou: { ranked: [{ finding: { id, atStakeMinor: 200 } }, { finding: { atStakeMinor: 100 } }] } },
    });
    expect(await findStored(asked, id)).toMatchObject({ value: { finding: { id } } });
    const of = (kind: string, from = asked) => listFindings({ ...from, filter: { kind }, asOf: day(AS_OF) });
    expect(await of(meetings.id)).toMatchObject({ value: { findings: [{ id }, {}] } });
    expect(await of(meetings.id, { ...asked, catalog: threeKinds })).toMatchObject({ reason: "unknown-kind" });
  });

  it.each(otherSubjectTypes)("is listed and read when its %s belongs to no customer", async (type) => {
    const fixture = anInsightTenant({}, aTenantStore());
    await fixture.nightly(AS_OF, { catalog });
    const { tenant, store } = fixture.testTenant;
    const foundOn = day(AS_OF);
    const finding = {
      kind: meetings.id,
      subject: { type, id: "x:1" },
      level: "high",
      state: "open",
      episode: "first",
      facts: { orders: 3 },
      foundOn,
    } as const;
    await store.nightly.saveFindings({ put: [finding], remove: [], notify: [] });
    const asked = { tenant, catalog, store: store.nightly, now: toInstant(Date.parse("2026-09-26T05:00:00Z")) };
    const id = `meeting-due::${type}:x~003a1`;
    await indexesCaughtUp();
    expect(await listFindings({ ...asked, filter: {} })).toMatchObject({
      value: { findings: [{ id, subject: { type, id: "x:1" }, atStakeMinor: 300 }] },
    });
    expect(await findStored(asked, id)).toMatchObject({ value: { finding: { id } } });
    // The next nightly run leaves it as it is.
    await fixture.nightly("2026-09-26", { catalog });
    expect(await findStored(asked, id)).toMatchObject({ value: { stored: { foundOn } } });
  });
});
