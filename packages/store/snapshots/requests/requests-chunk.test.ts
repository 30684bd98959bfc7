import { dayNumber, personIdSchema } from "@regulars/core/platform/values";
import type { RequestView } from "@regulars/core/snapshots/request-view";
import { describe, expect, it } from "vitest";
import { decodeRequests, encodeRequests } from "./requests-chunk.ts";

const DAY = 20_454;

/** Open ones, ones closed on their day, and ones closed up to 400 days later. */
const requestsOf = (count: number): RequestView[] =>
  Array.from({ length: count }, (_, i) => {
    const createdOn = dayNumber(DAY + Math.floor((i * 365) / count));
    return {
      createdOn,
      ...(i % 3 === 0 ? {} : { closedOn: dayNumber(createdOn + ((i * 37) % 401)) }),
      ...(i % 4 === 0 ? {} : { personId: personIdSchema.parse(`person-${i % 9}`) }),
    };
  });

describe("a requests chunk", () => {
  it("decodes open and closed requests, with and without a person", () => {
    expect(decodeRequests(encodeRequests(requestsOf(200)))).toEqual(requestsOf(200));
    expect(decodeRequests(encodeRequests([]))).toEqual([]);
  });

  it("has the same bytes whatever the order of the requests", () => {
    expect(encodeRequests(requestsOf(400).toReversed())).toEqual(encodeRequests(requestsOf(400)));
  });

  it("takes at most five bytes a request", () => {
    expect(encodeRequests(requestsOf(2_000)).length / 2_000).toBeLessThan(5);
  });
});
