import { describe, expect, it } from "vitest";
import { leadGate } from "./lead-gate.ts";

const LEADS = "http://127.0.0.1/v1/hooks/plans/pln_1/leads";

/** A gate before work that ends when it is told to. */
function aGate(limits: { readonly mostAtWork: number; readonly mostWaiting: number }) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const gate = leadGate(
    ({ headers }) =>
      new Promise<Response>((resolve) => {
        const name = headers.get("x-name") ?? "";
        begun.push(name);
        ends.set(name, () => resolve(new Response(name)));
      }),
    limits,
  );
  const send = (
    name: string,
    { url = LEADS, method = "POST", bytes = 0, signal = new AbortController().signal } = {},
  ) => gate(new Request(url, { method, headers: { "x-name": name, "content-length": String(bytes) }, signal }));
  return { begun, send, end: (name: string) => ends.get(name)?.() };
}

describe("the gate before lead intake", () => {
  it("G5: works on as many as are allowed, lets some wait, and answers the others 503 with Retry-After", async () => {
    const { begun, send, end } = aGate({ mostAtWork: 2, mostWaiting: 60 });
    const working = [send("a"), send("b")];
    const waiting = Array.from({ length: 60 }, (_, i) => send(`w${i}`));
    const refused = await send("late");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "2"]);
    expect(await refused.json()).toMatchObject({ type: "busy", status: 503 });
    expect(begun).toEqual(["a", "b"]);
    end("a");
    await working[0];
    await Promise.resolve();
    expect(begun).toEqual(["a", "b", "w0"]);
    expect(waiting).toHaveLength(60);
  });

  it("G5: forgets one whose sender has given up, and never works for them", async () => {
    const { begun, send, end } = aGate({ mostAtWork: 1, mostWaiting: 1 });
    const first = send("a");
    const sender = new AbortController();
    const gone = send("gone", { signal: sender.signal });
    sender.abort();
    expect((await gone).status).toBe(503);
    const patient = send("patient");
    end("a");
    await first;
    await new Promise((done) => setTimeout(done));
    end("patient");
    expect(await (await patient).text()).toBe("patient");
    expect(begun).toEqual(["a", "patient"]);
  });

  it("G5: takes a batch for as many leads as its length tells, and one alone however large it is", async () => {
    const { begun, send } = aGate({ mostAtWork: 20, mostWaiting: 10 });
    void send("batch", { url: `${LEADS}:batch`, bytes: 200_000 });
    void send("next", { url: `${LEADS}:batch`, bytes: 2_000 });
    expect((await send("late", { url: `${LEADS}/~batch`, bytes: 400 })).status).toBe(503);
    expect(begun).toEqual(["batch"]);
  });

  it("G5: holds nothing else up", async () => {
    const { begun, send } = aGate({ mostAtWork: 1, mostWaiting: 0 });
    void send("lead");
    void send("read", { method: "GET" });
    void send("move", { url: "http://127.0.0.1/v1/plans/pln_1/deals/deal_1", method: "PATCH" });
    void send("status", { url: "http://127.0.0.1/v1/hooks/plans/pln_1/deals:status" });
    await new Promise((done) => setTimeout(done));
    expect(begun.toSorted()).toEqual(["lead", "move", "read", "status"]);
  });
});
