import { type ChangeLogName, type PlacedEntry, changeLogs } from "@regulars/core/tenants/change-log";
import type { User } from "@regulars/core/access/user";
import { tenantIdSchema, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { expect, it } from "vitest";
import { showChanges } from "./settings-shown.ts";

const part = (setting: string, from: unknown, to: unknown) => ({ setting, from, to });

/** The lines that the command prints of a log with these entries. */
async function printed(entries: readonly PlacedEntry[], name: ChangeLogName, users: readonly User[] = []) {
  const log = { page: () => Promise.resolve({ entries, hasMore: false }) };
  const store = {
    changeLogs: { settings: log, users: log, keys: log, webhooks: log },
    nightly: { users: () => Promise.resolve(users) },
  };
  let text = "";
  const session = { json: false, print: (more: string) => void (text += more) };
  await showChanges(session, { tenant: { tenantId: tenantIdSchema.parse("acme") }, store }, name);
  return text.trim().split("\n");
}

it("says usual of a setting that nobody chose, and none of a part that a user, a key or a webhook does not have", async () => {
  const entries = [
    { at: toInstant(0), by: "operator", of: "one", place: "1", changes: [part("isActive", null, false)] },
  ];
  const said = async (log: ChangeLogName): Promise<string | undefined> =>
    (await printed(entries, log)).at(-1)?.split(/ {2,}/).at(-2);
  expect(await Promise.all(changeLogs.map(said))).toEqual(["usual", "none", "none", "none"]);
});

it("names who changed a setting beside the id, and leaves out the name of who is no user", async () => {
  const entries = ["user:u-17", "operator"].map((by, index) => ({
    at: toInstant(index),
    by,
    place: by,
    changes: [part("keepDays", 90, 91)],
  }));
  const ada = { userId: userIdSchema.parse("u-17"), name: "Ada Ek", role: "admin" } as const;
  const [head, ...rows] = await printed(entries, "settings", [ada]);
  expect(head?.split(/ {2,}/)).toEqual(["WHEN", "WHO", "NAME", "SETTING", "FROM", "TO"]);
  expect(rows.map((row) => row.replace(/^\S+ +/, ""))).toEqual([
    "user:u-17  Ada Ek  keepDays  90    91",
    "operator           keepDays  90    91",
  ]);
});

it("shows what was added or removed whole in one row, and what was changed of it in one for each part", async () => {
  const entries = [
    { by: "import", changes: [part("name", null, "Nina"), part("role", null, "rep")] },
    { by: "import", changes: [part("email", null, "nina@example.com"), part("name", "Nina", "Nina Beck")] },
  ].map((entry, index) => ({ ...entry, at: toInstant(index), of: "nina", place: String(index) }));
  const [, ...rows] = await printed(entries, "users");
  expect(rows.map((row) => row.split(/ {2,}/).slice(1).join(" | "))).toEqual([
    "import | nina | added | name=Nina, role=rep",
    "import | nina | email | none | nina@example.com",
    "import | nina | name | Nina | Nina Beck",
  ]);
});
