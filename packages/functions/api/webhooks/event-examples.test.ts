import { Webhook } from "standardwebhooks";
import { expect, it } from "vitest";
import { EXAMPLE_SECRET, exampleDelivery } from "./event-examples.ts";
import { eventTypes } from "./event-types.ts";

it.each(eventTypes)(
  "the example of %s is of its type, signed with the secret of examples, and always the same",
  (type) => {
    const { headers, body } = exampleDelivery(type);
    const { meta, ...event } = JSON.parse(body);
    const id = headers["webhook-id"] ?? "";
    const at = new Date(Number(headers["webhook-timestamp"]) * 1000);
    expect([event.type, meta.id, event.timestamp]).toEqual([type, id, at.toISOString()]);
    expect(headers["webhook-signature"]).toBe(new Webhook(EXAMPLE_SECRET).sign(id, at, body));
    expect(exampleDelivery(type)).toEqual({ type, headers, body });
  },
);

it("examples of deals show the change that each is of, from the state that the one before left", () => {
  const states = eventTypes
    .filter((type) => type.startsWith("deal."))
    .map((type) => JSON.parse(exampleDelivery(type).body).data);
  expect(states.map(({ current }) => [current.state, current.version])).toEqual([
    ["open", 1],
    ["open", 2],
    ["open", 3],
    ["won", 4],
    ["open", 5],
    ["removed", 6],
  ]);
  expect(states.map(({ previous }) => previous)).toEqual([null, ...states.slice(0, -1).map(({ current }) => current)]);
});
