import { createServer, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { SESClient } from "@aws-sdk/client-ses";
import { noticeSchema } from "@regulars/core/notifications/message";
import { seeded } from "@regulars/core/platform/random";
import { toInstant } from "@regulars/core/platform/values";
import { createMailer } from "@regulars/notify/email";
import { createMessageSender } from "@regulars/notify/message-sender";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loopbackUrl } from "../../../test/fixtures/loopback.ts";
import { type TestTenant, all, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { sendDue } from "./send-due.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const START = Date.parse("2026-11-23T07:30:00.000Z");
const MINUTE = 60_000;

/** What the stand-in for SES does with a call. */
const behaviours = ["takes", "throttles", "rejects", "takes and says nothing", "takes and breaks", "fails"] as const;
type Behaviour = (typeof behaviours)[number];

const xml = (name: string, id: string) =>
  `<${name}Response><${name}Result><MessageId>${id}</MessageId></${name}Result></${name}Response>`;
const fault = (code: string, message: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

describe("mails while SES fails in every way", () => {
  /** Keys of the mails that arrived, in order. */
  const inbox: string[] = [];
  let behaviour: (key: string) => Behaviour = () => "takes";
  const ses = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    const source = Buffer.from(form.get("RawMessage.Data") ?? "", "base64").toString();
    const key = /^X-Regulars-Delivery: [^/]*\/(.*)$/m.exec(source)?.[1]?.trim() ?? "";
    answer(behaviour(key), key, response);
  });
  const answer = (does: Behaviour, key: string, response: ServerResponse): void => {
    const end = (status: number, body: string) => response.writeHead(status, { "Content-Type": "text/xml" }).end(body);
    if (does.startsWith("takes")) inbox.push(key);
    if (does === "takes") end(200, xml("SendRawEmail", `id-${inbox.length}`));
    if (does === "throttles") end(400, fault("Throttling", "Maximum sending rate exceeded."));
    if (does === "rejects") end(400, fault("MessageRejected", "Email address is not verified."));
    if (does === "takes and breaks") response.destroy();
    if (does === "fails") end(500, fault("InternalFailure", "Something is wrong here."));
  };
  let client: SESClient;
  beforeAll(async () => {
    const endpoint = await loopbackUrl(ses);
    client = new SESClient({
      region: "eu-west-1",
      endpoint,
      credentials: { accessKeyId: "key", secretAccessKey: "secret" },
      maxAttempts: 1,
      requestHandler: { requestTimeout: 1_000, throwOnRequestTimeout: true },
    });
  });
  afterAll(() => {
    client.destroy();
    ses.closeAllConnections();
    ses.close();
  });

  const queue = (testTenant: TestTenant, ids: readonly string[]) =>
    testTenant.store.outbox.queue(
      ids.map((id) => ({
        id,
        dueAt: toInstant(START),
        isOnHold: false,
        message: noticeSchema.parse({
          type: "notice",
          tenantId: testTenant.tenant.tenantId,
          tenantName: "Acme",
          asOf: "2026-11-23",
          locale: "en",
          userId: "ada",
          to: { name: "Ada", address: "ada@acme.example" },
          title: id,
          paragraphs: [],
        }),
      })),
    );
  const sendAt = async (testTenant: TestTenant, now: number) => {
    await indexesCaughtUp();
    return sendDue({
      outbox: testTenant.store.outbox,
      messageSender: createMessageSender({
        mailer: createMailer({ client, from: { name: "R", address: "r@regulars.example" }, random: () => 0.5 }),
      }),
      texts: () => undefined,
      clock: () => now,
    });
  };
  const logOf = async (testTenant: TestTenant) =>
    new Map((await all(testTenant.store.outbox.list())).map((one) => [one.id, one]));
  const arrived = (id: string): number => inbox.filter((key) => key === id).length;

  it("are tried again after a pause when SES throttles, which is no failure of theirs", async () => {
    const testTenant = aTenantStore();
    await queue(testTenant, ["throttled"]);
    behaviour = () => "throttles";
    expect(await sendAt(testTenant, START)).toMatchObject({ sent: 0, failed: 1, retryInMs: 3_000 });
    behaviour = () => "takes";
    expect(await sendAt(testTenant, START + 2_999)).toMatchObject({ sent: 0 });
    expect(await sendAt(testTenant, START + 3_000)).toMatchObject({ sent: 1 });
    const log = (await logOf(testTenant)).get("throttled");
    expect([log?.state, log?.maybeDuplicate, arrived("throttled")]).toEqual(["sent", undefined, 1]);
  });

  it("stay in the log as failed when SES refuses them, and are not tried again by themselves", async () => {
    const testTenant = aTenantStore();
    await queue(testTenant, ["refused"]);
    behaviour = () => "rejects";
    expect(await sendAt(testTenant, START)).toEqual({ sent: 0, failed: 1, maybeDuplicates: 0, hasMore: false });
    expect((await logOf(testTenant)).get("refused")).toMatchObject({
      state: "failed",
      attempts: 1,
      lastError: "SES refuses the message: Email address is not verified.",
    });
    await indexesCaughtUp();
    expect(await testTenant.store.outbox.retryFailed(toInstant(START))).toBe(1);
    behaviour = () => "takes";
    expect(await sendAt(testTenant, START)).toMatchObject({ sent: 1 });
  });

  it("are marked as perhaps twice when SES took one and its answer was lost", async () => {
    const testTenant = aTenantStore();
    await queue(testTenant, ["lost"]);
    behaviour = () => "takes and says nothing";
    await sendAt(testTenant, START);
    expect((await logOf(testTenant)).get("lost")).toMatchObject({ state: "due", mayHaveArrived: true });
    behaviour = () => "takes";
    await sendAt(testTenant, START + MINUTE);
    expect((await logOf(testTenant)).get("lost")).toMatchObject({ state: "sent", maybeDuplicate: true });
    expect(arrived("lost")).toBe(2);
  });

  it("are in log and inbox as a model says, whatever SES does with each call: none is missing, and no second one is unmarked", async () => {
    const testTenant = aTenantStore();
    const ids = Array.from({ length: 40 }, (_, i) => `model-${i}`);
    await queue(testTenant, ids);
    const given = new Map<string, Behaviour[]>();
    // Each message has faults of its own: the order in which messages are sent changes none of them.
    const faults = new Map(
      ids.map((id, i) => {
        const random = seeded(17 + i);
        const one = () => behaviours[1 + Math.floor(random() * (behaviours.length - 1))] ?? "takes";
        return [id, Array.from({ length: Math.floor(random() * 4) }, one)];
      }),
    );
    behaviour = (key) => {
      const before = given.get(key) ?? [];
      const next = faults.get(key)?.[before.length] ?? "takes";
      given.set(key, [...before, next]);
      return next;
    };
    // A throttle ends a round for those behind it, so that some need many rounds.
    let log = await logOf(testTenant);
    const isOpen = () => [...log.values()].some((one) => one.state !== "sent" && one.state !== "failed");
    for (let round = 0; isOpen() && round < 100; round += 1) {
      await sendAt(testTenant, START + round * 2 * MINUTE);
      log = await logOf(testTenant);
    }
    const model = ids.map((id) => {
      const calls = given.get(id) ?? [];
      const times = calls.filter((one) => one.startsWith("takes")).length;
      const isLost = calls
        .slice(0, -1)
        .some((one) => ["takes and says nothing", "takes and breaks", "fails"].includes(one));
      return { id, state: calls.at(-1) === "rejects" ? "failed" : "sent", arrived: times, isMarked: isLost };
    });
    const found = ids.map((id) => {
      const one = log.get(id);
      const isMarked = one?.maybeDuplicate === true || (one?.state === "failed" && one.mayHaveArrived === true);
      return { id, state: one?.state, arrived: arrived(id), isMarked };
    });
    expect(found).toEqual(model);
    expect(found.filter((one) => one.state === "sent" && one.arrived === 0)).toEqual([]);
    expect(found.filter((one) => one.arrived > 1 && !one.isMarked)).toEqual([]);
    expect(new Set([...given.values()].flat()).size).toBe(behaviours.length);
  });
});
