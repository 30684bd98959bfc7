import { tenantIdSchema, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { expect, it } from "vitest";
import { showChanges } from "./settings-shown.ts";

it("names who changed a setting beside the id, and leaves out the name of who is no user", async () => {
  const entries = ["user:u-17", "operator"].map((by, index) => ({
    at: toInstant(index),
    by,
    place: by,
    changes: [{ setting: "keepDays", from: 90, to: 91 }],
  }));
  const ada = { userId: userIdSchema.parse("u-17"), name: "Ada Ek", role: "admin" } as const;
  const log = { page: () => Promise.resolve({ entries, hasMore: false }) };
  const store = {
    changeLogs: { settings: log, users: log, keys: log, webhooks: log },
    nightly: { users: () => Promise.resolve([ada]) },
  };
  let printed = "";
  const session = { json: false, print: (text: string) => void (printed += text) };
  await showChanges(session, { tenant: { tenantId: tenantIdSchema.parse("acme") }, store }, "settings");
  const [head, ...rows] = printed.trim().split("\n");
  expect(head?.split(/ {2,}/)).toEqual(["WHEN", "WHO", "NAME", "SETTING", "FROM", "TO"]);
  expect(rows.map((row) => row.replace(/^\S+ +/, ""))).toEqual([
    "user:u-17  Ada Ek  keepDays  90    91",
    "operator           keepDays  90    91",
  ]);
});

it("shows what was added or removed whole in one row, and what was changed of it in one for each part", async () => {
  const part = (setting: string, from: unknown, to: unknown) => ({ setting, from, to });
  const entries = [
    { by: "import", changes: [part("name", null, "Nina"), part("role", null, "rep")] },
    { by: "import", changes: [part("email", null, "nina@example.com"), part("name", "Nina", "Nina Beck")] },
  ].map((entry, index) => ({ ...entry, at: toInstant(index), of: "nina", place: String(index) }));
  const log = { page: () => Promise.resolve({ entries, hasMore: false }) };
  const store = {
    changeLogs: { settings: log, users: log, keys: log, webhooks: log },
    nightly: { users: () => Promise.resolve([]) },
  };
  let printed = "";
  const session = { json: false, print: (text: string) => void (printed += text) };
  await showChanges(session, { tenant: { tenantId: tenantIdSchema.parse("acme") }, store }, "users");
  const [, ...rows] = printed.trim().split("\n");
  expect(rows.map((row) => row.split(/ {2,}/).slice(1).join(" | "))).toEqual([
    "import | nina | added | name=Nina, role=rep",
    "import | nina | email | usual | nina@example.com",
    "import | nina | name | Nina | Nina Beck",
  ]);
});
