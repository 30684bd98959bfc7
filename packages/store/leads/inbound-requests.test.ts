import type { InboundRequest } from "@regulars/core/leads/inbound-request";
import { toInstant } from "@regulars/core/platform/values";
import { describe, expect, it } from "vitest";
import { aTenantStore } from "../../../test/fixtures/tenant.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const aRequest = (nth: number, scope = "key:k1"): InboundRequest => ({
  requestId: `req_${nth}`,
  actorId: "key:k1",
  scope,
  action: "leads.add",
  planId: "pln_1",
  at: toInstant(Date.UTC(2026, 10, 24) + nth * 1_000),
  status: 201,
  body: "{}",
});

describe("the log of inbound requests", () => {
  it("finds one of a sender's many by its id, and reads no other", async () => {
    const { store } = aTenantStore();
    const { inboundRequests } = store.sales;
    await inboundRequests.note(Array.from({ length: 400 }, (_, i) => aRequest(i)));
    await inboundRequests.note([aRequest(3, "key:k2")]);
    await indexesCaughtUp();
    const before = store.usage.itemsRead;
    expect(await inboundRequests.find("key:k1", "req_3")).toEqual(aRequest(3));
    expect(store.usage.itemsRead - before).toBe(1);
    expect(await inboundRequests.find("key:k2", "req_4")).toBeUndefined();
  });

  it("finds what the index does not show yet, or never did", async () => {
    const { store, keys, operations } = aTenantStore();
    await operations.put({ ...keys.inboundRequest("key:k1", aRequest(1).at, "req_1"), ...aRequest(1) });
    expect(await store.sales.inboundRequests.find("key:k1", "req_1")).toEqual(aRequest(1));
  });
});
