import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { freePort } from "@regulars/local/engine/ports";
import { type Resolved, type Running, type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

/** The whole system on one machine, started with `regulars start`: its first start is ended by Ctrl-C, its second goes on. */

interface Addresses {
  readonly mail: string;
  readonly slack: string;
  readonly api: string;
}

interface Findings {
  readonly asOf: string;
  readonly findings: readonly { readonly id: string }[];
}

interface Page {
  readonly forYou: {
    readonly counts: Readonly<Record<"ranked" | "toWatch", number>>;
    readonly ranked: readonly { readonly id: string; readonly folded: readonly { readonly id: string }[] }[];
    readonly toWatch: readonly { readonly id: string }[];
  };
}

/** What was seen of the first start, while the demo was stored, and when it had ended. */
interface FirstStart {
  readonly said: readonly string[];
  readonly home: number;
  readonly ended: Resolved;
  /** From Ctrl-C to its end, ms. */
  readonly tookMs: number;
  readonly left: readonly string[];
  readonly engines: readonly number[];
  readonly nextSays: string;
}

/** Of the database: the demo's is many times as large. */
const AMID_DEMO_BYTES = 1_500_000;
/** Longest time, in milliseconds, in which Ctrl-C must end it, on a busy machine too. */
const PROMPT_MS = 20_000;

let place: TempWorkspace;
let first: FirstStart;
let running: Running;
let port: number;

beforeAll(async () => {
  place = await aWorkspace();
  port = await freePort();
  first = await interruptedStart();
  running = await startedOn(port);
});

afterAll(() => place.close());

async function interruptedStart(): Promise<FirstStart> {
  const starting = place.start(["start", "--port", String(port)]);
  await starting.until("the demo is prepared", () => starting.stderr().includes("being prepared"));
  const said = [...starting.stderr().split("\n").slice(0, 2), starting.stdout()];
  const { status: home } = await fetch(`http://127.0.0.1:${port}/`);
  await starting.until("the demo is being stored", () => place.storedBytes() > AMID_DEMO_BYTES);
  const askedAt = performance.now();
  starting.signal("SIGINT");
  const ended = await starting.ended;
  const tookMs = performance.now() - askedAt;
  await vi.waitUntil(() => place.leftOfWork().length === 0, { timeout: PROMPT_MS }).catch(() => undefined);
  const left = place.leftOfWork();
  const engines = place.engines();
  const { stderr: nextSays } = await place.run(["insights", "--tenant", "demo"]);
  return { said, home, ended, tookMs, left, engines, nextSays };
}

async function startedOn(free: number): Promise<Running> {
  const started = place.start(["start", "--json", "--port", String(free)]);
  await started.until("it prints its addresses", () => started.stdout().includes("}"));
  return started;
}

const answer = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`);
const read = async <T>(path: string, headers: Readonly<Record<string, string>> = {}): Promise<T> =>
  JSON.parse(await (await fetch(`http://127.0.0.1:${port}${path}`, { headers })).text());
const insights = (): Promise<Findings> => place.json(["insights", "--tenant", "demo"]);

describe("the first start", () => {
  it("F4: says at once that it starts, and its pages answer while the demo is still prepared", () => {
    expect(first.said).toEqual([
      "Starting Regulars…",
      `Open http://127.0.0.1:${port} now; the demo tenant is being prepared…`,
      "",
    ]);
    expect(first.home).toBe(200);
  });

  it("E7: is ended by Ctrl-C at once while the demo is stored; the next one finishes the same demo", async () => {
    expect([first.ended.code, first.ended.stdout]).toEqual([0, ""]);
    expect(first.tookMs).toBeLessThan(PROMPT_MS);
    expect([first.left, first.engines]).toEqual([[], []]);
    expect(first.nextSays).toContain("no nightly run has run");
    const doctor = await place.json<{ checks: { check: string; isWell: boolean }[] }>(["doctor", "--rebuild"]);
    expect(doctor.checks.filter(({ isWell }) => !isWell)).toEqual([]);
  });
});

describe("start", () => {
  it("prints one JSON document with its addresses, and keeps running", () => {
    const addresses: Addresses = JSON.parse(running.stdout());
    const base = `http://127.0.0.1:${port}`;
    expect(addresses).toMatchObject({
      mail: `${base}/mail`,
      slack: `${base}/slack`,
      api: expect.stringContaining(`${base}/v1`),
    });
    expect(running.isRunning()).toBe(true);
  });

  it("answers on its health route, and an unknown path with a problem document", async () => {
    const health = await answer("/v1/health");
    expect([health.status, await health.json()]).toEqual([200, { status: "ok" }]);
    const lost = await answer("/nothing");
    expect([lost.status, lost.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
  });

  it("has the demo's digests in the inbox and its alerts in Slack, each once", async () => {
    const { notifications } = await place.json<{
      notifications: { id: string; channel: string; state: string; subject: string }[];
    }>(["deliveries", "--tenant", "demo"]);
    expect(new Set(notifications.map(({ state }) => state))).toEqual(new Set(["sent"]));
    const sentBy = (wanted: string): number => notifications.filter(({ channel }) => channel === wanted).length;
    expect(await (await answer("/mail/messages.json")).json()).toHaveLength(sentBy("email"));
    expect(await (await answer("/slack/messages.json")).json()).toHaveLength(sentBy("slack"));
    expect(Math.min(sentBy("email"), sentBy("slack"))).toBeGreaterThan(0);
    const counts = [
      /^digest of [-\d]+: \d+ /,
      /\d+ overdue\b/,
      /1 churn risk\b|\d+ churn risks/,
      /(1 customer|\d+ customers) with lost items/,
    ];
    for (const { subject } of notifications.filter(({ channel }) => channel === "email"))
      for (const count of counts) expect(subject).toMatch(count);
  });

  it("F1: counts and orders what is to act on in one way: start page, For You page, command line, API, digest, Slack", async () => {
    const text = async (path: string) => (await (await answer(path)).text()).replace(/\s+/g, " ");
    const home = await text("/");
    const mails = await read<{ id: string; to: string[] }[]>("/mail/messages.json");
    const slack = (await read<{ key: string; blocks: unknown }[]>("/slack/messages.json")).toReversed();
    const reps = ["u-freja", "u-mikkel", "u-elin"];
    for (const user of [...reps, "u-henrik", "u-astrid"]) {
      const { forYou } = await place.json<Page>(["for-you", "--tenant", "demo", "--rep", user]);
      const { counts, ranked, toWatch } = forYou;
      const token = /TOKEN=([\w.-]+)/.exec(await text(`/sign-in/demo/${user}`))?.[1] ?? "";
      const api = await read<Page>("/v1/for-you?limit=200", { authorization: `Bearer ${token}` });
      const page = await text(`/for-you/demo/${user}`);
      const listed = page.slice(page.indexOf('id="ranked"'), page.indexOf('id="insights"'));
      const links = [...listed.matchAll(/class="who" href="\/findings\/demo\/([^"]+)"/g)];
      const onPage = links.map(([, id = ""]) => decodeURIComponent(id));
      const ids = [...ranked, ...toWatch].map(({ id }) => id);
      expect([counts.ranked, counts.toWatch]).toEqual([ranked.length, toWatch.length]);
      expect(api.forYou).toMatchObject({ counts, ranked: ranked.map(({ id }) => ({ id })) });
      expect(onPage.slice(0, ids.length)).toEqual(ids);
      expect(listed).toContain(`>${counts.ranked} to act on,`);
      expect(home).toMatch(
        new RegExp(`/for-you/demo/${user}">.{1,60}</a> <span class="soft">(\\w+: )?${counts.ranked} to act`),
      );
      if (!reps.includes(user)) continue;
      const mail = mails.find(({ to }) => to.includes(`${user.slice(2)}@havgaard.example`));
      const digest = await read<{ text: string }>(`/mail/messages/${mail?.id ?? ""}.json`);
      expect(digest.text).toContain(`: ${counts.ranked} to act on\n`);
      const placeOf = new Map(ranked.flatMap(({ id, folded }, i) => [{ id }, ...folded].map((one) => [one.id, i])));
      const alerts = slack.filter(({ blocks }) => JSON.stringify(blocks).includes(user.slice(2).toUpperCase()));
      const told = alerts.map(({ key }) => /^demo\/alert:(.*):[^:]+$/.exec(key)?.[1] ?? "");
      const lines = [...digest.text.matchAll(/ {2}Open: .*\/findings\/demo\/(\S+)/g)];
      const inDigest = lines.map(([, id = ""]) => decodeURIComponent(id));
      // What was told at once is counted in the digest and has no line.
      expect(inDigest.filter((id) => told.includes(id))).toEqual([]);
      const digestPlaces = inDigest.map((id) => placeOf.get(id));
      expect(digestPlaces).toEqual(digestPlaces.toSorted((one = -1, other = -1) => one - other));
      expect(digestPlaces.length).toBeGreaterThan(0);
      expect(digestPlaces).not.toContain(undefined);
      const places = told.map((id) => placeOf.get(id));
      expect(places).toEqual(places.toSorted((one = -1, other = -1) => one - other));
      expect(places.every((one) => one !== undefined)).toBe(true);
    }
  });

  it("lets other processes read and write the same data meanwhile", async () => {
    const { asOf, findings } = await insights();
    expect(findings.length).toBeGreaterThan(0);
    const [again, { stdout }] = await Promise.all([
      insights(),
      place.start(["night", "--tenant", "demo", "--as-of", asOf, "--json"]).ended,
    ]);
    expect(again.findings).toEqual(findings);
    expect(JSON.parse(stdout)).toMatchObject({
      asOf,
      findings: { added: 0, resolved: 0 },
      messages: { queued: 0, sent: 0, failed: 0 },
    });
    expect((await answer("/v1/health")).status).toBe(200);
    expect(place.engines()).toHaveLength(1);
  });

  it("refuses a port that is taken before it does anything", async () => {
    const { code, stdout, stderr } = await place.run([
      "start",
      "--json",
      "--port",
      String(port),
      "--data",
      place.path("other"),
    ]);
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: "",
      stderr: `regulars: port ${port} is in use: stop what listens there, or choose another with --port\n`,
    });
  });

  it("ends with Ctrl-C, exit code 0, and leaves no process behind; a second start does not seed again", async () => {
    const before = await insights();
    running.signal("SIGINT");
    const { code, stderr } = await running.ended;
    expect([code, stderr]).toEqual([0, "\nStopping…\n"]);
    expect(place.engines()).toEqual([]);

    port = await freePort();
    const bytes = place.storedBytes();
    running = await startedOn(port);
    expect(place.storedBytes() - bytes).toBeLessThan(100_000);
    expect((await insights()).findings).toEqual(before.findings);
  });

  it("prints all addresses on a terminal, without the demo too", async () => {
    const other = await aWorkspace();
    try {
      const free = await freePort();
      const plain = other.start(["start", "--no-demo", "--port", String(free)]);
      await plain.until("it prints its welcome", () => plain.stdout().includes("Ctrl-C stops."));
      expect(plain.stdout()).toContain(`http://127.0.0.1:${free}/mail`);
      plain.signal("SIGTERM");
      expect((await plain.ended).code).toBe(0);
      expect((await other.run(["insights", "--tenant", "demo"])).stderr).toContain("there is no tenant demo");
      expect(other.engines()).toEqual([]);
    } finally {
      await other.close();
    }
  });
});
