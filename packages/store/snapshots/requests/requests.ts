import { toDayNumber } from "@regulars/core/platform/values";
import type { RequestView } from "@regulars/core/snapshots/request-view";
import type { Projection } from "../projection.ts";
import { encodeRequests } from "./requests-chunk.ts";

/** Support requests by the year they were made in, open and closed. They alone make no customer. */
export const requests: Projection = {
  name: "requests",
  letters: { marker: "X", chunk: "Y" },
  event: "request-changed",
  makesCustomer: false,
  yearsOf: (sources, customerId) => sources.requests.yearsOf(customerId),
  pack: async (sources, customerId, year) => {
    const views: RequestView[] = [];
    for await (const { createdOn, closedOn, personId } of sources.requests.ofYear(customerId, year))
      views.push({
        createdOn: toDayNumber(createdOn),
        ...(closedOn === undefined ? {} : { closedOn: toDayNumber(closedOn) }),
        personId,
      });
    return { bytes: encodeRequests(views) };
  },
};
