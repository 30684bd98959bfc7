import type { AlertPlace, AlertWorkspace, Posted } from "@regulars/core/notifications/alert-route";
import { toInstant } from "@regulars/core/platform/values";
import { beforeEach, expect, it } from "vitest";
import { sendAlert } from "./send-alert.ts";

const channel: AlertPlace = { type: "channel", id: "C0NORTH", name: "#north" };
const direct: AlertPlace = { type: "direct", id: "U02SANNE", name: "Sanne" };
const mailTo = { name: "Sanne", address: "sanne@acme.example" };
const since = toInstant(Date.parse("2026-11-23T07:30:00Z"));

let steps: string[];
beforeEach(() => {
  steps = [];
});

function workspace(answers: Readonly<Record<string, Posted>>, found?: string): AlertWorkspace {
  return {
    post: ({ id }) => {
      steps.push(`post ${id}`);
      return Promise.resolve(answers[id] ?? { providerId: `${id}/1.2` });
    },
    find: ({ id }) => {
      steps.push(`find ${id}`);
      return Promise.resolve(found);
    },
    onGone: ({ id }, gone, reason) => {
      steps.push(`gone ${id} ${gone} ${reason}`);
      return Promise.resolve();
    },
  };
}

const send = (given: Partial<Parameters<typeof sendAlert>[0]>) =>
  sendAlert({
    message: { text: "Café", blocks: [] },
    key: "acme/alert:1",
    route: { places: [channel, direct], mail: mailTo },
    workspace: workspace({}),
    earlier: undefined,
    mail: ({ address }) => {
      steps.push(`mail ${address}`);
      return Promise.resolve({ providerId: "ses-1" });
    },
    ...given,
  });

it("posts to the first place, and to no other", async () => {
  expect(await send({})).toEqual({ providerId: "C0NORTH/1.2" });
  expect(steps).toEqual(["post C0NORTH"]);
});

it("falls back from an archived channel to direct messages, then to mail", async () => {
  const archived = { C0NORTH: { gone: "place", reason: "is_archived" } } as const;
  expect(await send({ workspace: workspace(archived) })).toEqual({ providerId: "U02SANNE/1.2" });
  expect(steps).toEqual(["post C0NORTH", "gone C0NORTH place is_archived", "post U02SANNE"]);
  steps = [];
  const both = { ...archived, U02SANNE: { gone: "place", reason: "user_disabled" } } as const;
  expect(await send({ workspace: workspace(both) })).toEqual({ providerId: "ses-1" });
  expect(steps.at(-1)).toBe("mail sanne@acme.example");
});

it("goes to mail at once when the whole workspace is gone, or the tenant has none", async () => {
  const revoked = { C0NORTH: { gone: "workspace", reason: "token_revoked" } } as const;
  expect(await send({ workspace: workspace(revoked) })).toEqual({ providerId: "ses-1" });
  expect(steps).toEqual(["post C0NORTH", "gone C0NORTH workspace token_revoked", "mail sanne@acme.example"]);
  steps = [];
  expect(await send({ workspace: undefined })).toEqual({ providerId: "ses-1" });
  expect(steps).toEqual(["mail sanne@acme.example"]);
});

it("fails when there is no place left", async () => {
  await expect(send({ workspace: undefined, route: { places: [channel] } })).rejects.toThrow("no place in Slack");
});

it("finds a message whose answer was lost by its key, and does not post it again", async () => {
  const earlier = { since, mayHaveArrived: true };
  expect(await send({ earlier, workspace: workspace({}, "C0NORTH/9.9") })).toEqual({ providerId: "C0NORTH/9.9" });
  expect(steps).toEqual(["find C0NORTH"]);
  steps = [];
  expect(await send({ earlier, workspace: workspace({}) })).toEqual({ providerId: "C0NORTH/1.2" });
  expect(steps).toEqual(["find C0NORTH", "find U02SANNE", "post C0NORTH"]);
});

it("posts again and marks it where the history cannot be read; a definite failure is not looked for", async () => {
  const unknown = workspace({}, "unknown");
  expect(await send({ earlier: { since, mayHaveArrived: true }, workspace: unknown })).toEqual({
    providerId: "C0NORTH/1.2",
    maybeDuplicate: true,
  });
  steps = [];
  await send({ earlier: { since, mayHaveArrived: false } });
  expect(steps).toEqual(["post C0NORTH"]);
});
