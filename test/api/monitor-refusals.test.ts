import { mkdir } from "node:fs/promises";
import { userIdSchema } from "@regulars/core/platform/values";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { aConsole } from "../fixtures/page-console.ts";
import { SalesPlanClient } from "../fixtures/sales-plan-client.ts";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

/** What a status cannot be made of is refused alike by the API, the command line and the pages, and nothing is saved. */

const LEAF = { field: "sale.sold.total", op: ">", value: 50 };
const nested = (levels: number): object => (levels === 1 ? LEAF : { not: nested(levels - 1) });
const day = (value: unknown) => ({ field: "sale.sold.last", op: "before", value });

let apiClient: ApiTestClient;
let home: SalesPlanClient;
let place: TempWorkspace;

beforeAll(async () => {
  place = await aWorkspace();
  await mkdir(place.data);
  apiClient = await anApiClient();
  home = await SalesPlanClient.open(apiClient);
  await home.ask("POST", "/users/batch", { items: [{ userId: "bo", name: "Bo", role: "admin" }] });
  await home.ask("POST", "/customers/batch", { items: [{ customerId: "oak", name: "Oak", category: "Customer" }] });
  for (const [statusId, named] of [
    ["first", undefined],
    ["second", "first"],
    ["third", "second"],
  ] as const) {
    const criteria = named === undefined ? LEAF : { field: "status", op: "hasStatus", value: named };
    await home.ask("POST", "/status-monitors", { statusId, name: statusId, ownerType: "company", criteria });
  }
});
afterAll(async () => {
  await apiClient.close();
  await place.close();
});

async function command(...args: readonly string[]) {
  const { table, clock } = apiClient.runtime;
  const { code, stderr } = await place.run([...args, "--tenant", home.tenant.tenantId], { table, clock });
  return { code, said: oneLine(stderr) };
}

async function page(path: string, form: Readonly<Record<string, string | File>>) {
  const viewer = { type: "user", tenantId: home.tenant.tenantId, userId: userIdSchema.parse("bo") } as const;
  const body = new FormData();
  for (const [name, value] of Object.entries(form)) body.set(name, value);
  const answer = await aConsole(apiClient.runtime, viewer).request(path, {
    method: "POST",
    headers: { accept: "text/html", "sec-fetch-site": "same-origin" },
    body,
  });
  return { status: answer.status, said: oneLine(asText(await answer.text())) };
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ");
const asText = (html: string): string =>
  html
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

/** A sentence of a page begins with a capital letter. */
const onPage = (said: string): string => `${said.charAt(0).toUpperCase()}${said.slice(1)}`;

/** All that is stored of status monitors and of the tenant. */
const stored = async () => [
  (await home.ask("GET", "/status-monitors?limit=200")).body,
  await openTenantDirectory(apiClient.runtime.table).find(home.tenant.tenantId),
];

const editor = (statusId = ""): string =>
  `/statuses/${home.tenant.tenantId}/edit${statusId === "" ? "" : `/${statusId}`}`;
const FORM = { name: "Bad", ownerType: "company", rank: "1", level: "high", quietDays: "7", followUpMode: "by-hand" };

/** The header of a PNG of this size. */
function sized(width: number, height: number): Buffer {
  const bytes = Buffer.from("89504e470d0a1a0a0000000d49484452000000000000000008020000000000000000000000000000", "hex");
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

/** A GIF of one pixel with so many frames. */
const animated = (frames: number): Buffer =>
  Buffer.from(`474946383961${"01000100000000"}${"2c00000000010001000002014400".repeat(frames)}3b`, "hex");

interface Doors {
  readonly api: () => Promise<{ readonly status: number; readonly body: unknown }>;
  readonly args: readonly string[];
  readonly page: () => Promise<{ readonly status: number; readonly said: string }>;
}

/** What the API, the command line and the page answer, and whether anything is another afterwards. */
async function answersOf(doors: Doors) {
  const before = await stored();
  const [api, said, shown] = [await doors.api(), await command(...doors.args), await doors.page()];
  return { api, said, shown, isSaved: JSON.stringify(await stored()) !== JSON.stringify(before) };
}

/** The API names the path of a mistake beside the rest, the command before the rest; a page has a label for a field of its own. */
const refused = (path: string, message: string, shownPlace = onPage(path)) => ({
  api: { status: 422, body: { errors: [{ path, message }] } },
  said: { code: 2, said: expect.stringContaining(`${path} ${message}`) },
  shown: { status: 422, said: expect.stringContaining(`${shownPlace} ${message}`) },
  isSaved: false,
});

describe("criteria", () => {
  it.each([
    [
      "an empty tree",
      {},
      "criteria",
      'is empty. Allowed: {"all": [...]}, {"any": [...]}, {"not": ...} or {"field", "op", "value"}',
    ],
    ["6 levels", nested(6), "criteria.not.not.not.not.not", "is at level 6. Allowed: at most 5 levels"],
    [
      "51 comparisons",
      { any: Array.from({ length: 51 }, () => LEAF) },
      "criteria",
      "has 51 comparisons. Allowed: at most 50",
    ],
    [
      "between with its ends swapped",
      { field: "sale.total", op: "between", value: [9, 2] },
      "criteria.value",
      "[9,2] has its ends swapped. Allowed: two numbers, the smaller one first",
    ],
    [
      "days with their ends swapped",
      { field: "sale.last", op: "between", value: ["2026-02-01", "2026-01-01"] },
      "criteria.value",
      '["2026-02-01","2026-01-01"] has its ends swapped. Allowed: two days, the earlier one first',
    ],
    [
      "a number that cannot be stored",
      { ...LEAF, value: 1e308 },
      "criteria.value",
      "1e+308 is too large or too small a number. Allowed: a number from -9007199254740991 to 9007199254740991",
    ],
    [
      "a text that cannot be stored",
      { field: "name", op: "is", value: "a\ud800" },
      "criteria.value",
      '"a\\ud800" contains a lone surrogate. Allowed: a text of 1 to 1000 characters',
    ],
    ["month 13", day("2026-13-01"), "criteria.value", '"2026-13-01" is not a day. Allowed: a day, YYYY-MM-DD'],
    ["a number for a date", day(5), "criteria.value", "5 is not a day. Allowed: a day, YYYY-MM-DD"],
    [
      "no unit",
      { field: "sale.sold.last", op: "olderThan", value: 2 },
      "criteria.unit",
      "is missing: olderThan needs one. Allowed: days (up to 36500), weeks (up to 5200), months (up to 1200), years (up to 100)",
    ],
    [
      "an unknown field",
      { all: [LEAF, { field: "categry", op: "isNull" }] },
      "criteria.all[1].field",
      '"categry" is no field of a company: did you mean category? Allowed: fields like category',
    ],
    [
      "an unknown status",
      { field: "status", op: "hasStatus", value: "frst" },
      "criteria.value",
      '"frst" is no status: did you mean first? Allowed: first, second, third',
    ],
    [
      "an unknown category",
      { field: "category", op: "is", value: "Custmer" },
      "criteria.value",
      '"Custmer" is no category: did you mean Customer? Allowed: Customer',
    ],
  ])("SA10: of %s are refused", async (_, criteria, path, message) => {
    const file = await place.write("criteria.json", JSON.stringify(criteria));
    const answers = await answersOf({
      api: () => home.ask("POST", "/status-monitors", { name: "Bad", ownerType: "company", criteria }),
      args: ["status", "create", "bad", "--name", "Bad", "--criteria", file],
      page: () => page(editor(), { ...FORM, statusId: "bad", criteria: JSON.stringify(criteria), do: "save" }),
    });
    expect(answers).toMatchObject(refused(path, message));
  });

  it("SA10: that close a circle over three statuses are refused with the way", async () => {
    const criteria = { field: "status", op: "hasStatus", value: "third" };
    const file = await place.write("criteria.json", JSON.stringify(criteria));
    const answers = await answersOf({
      api: () => home.ask("PATCH", "/status-monitors/first", { criteria }),
      args: ["status", "edit", "first", "--criteria", file],
      page: () => page(editor("first"), { ...FORM, version: "1", criteria: JSON.stringify(criteria), do: "save" }),
    });
    expect(answers).toMatchObject(
      refused(
        "criteria.value",
        '"third" leads back to the status itself: first > third > second > first. Allowed: statuses that do not depend on this one',
      ),
    );
  });
});

describe("texts and pictures", () => {
  it("SA09: a text with an unclosed < is refused with its place", async () => {
    const file = await place.write("monitor.json", JSON.stringify({ description: "Call <name" }));
    const answers = await answersOf({
      api: () => home.ask("PATCH", "/status-monitors/first", { description: "Call <name" }),
      args: ["status", "edit", "first", "--file", file],
      page: () => page(editor("first"), { ...FORM, version: "1", description: "Call <name", do: "save" }),
    });
    expect(answers).toMatchObject(
      refused(
        "description",
        'has a "<" without its ">" at character 6 ("<name"): close it like <name>, or write \\< for the sign itself',
        "Text “Call <name”",
      ),
    );
  });

  it.each([
    [
      "HTML with a PNG's name",
      Buffer.from("<html><script>alert(1)</script>"),
      "the picture is HTML or XML: PNG, JPEG and GIF are allowed",
    ],
    [
      "30,000 x 30,000 pixels large",
      sized(30_000, 30_000),
      "the picture has 30000 x 30000 pixels: at most 520 x 720 are allowed",
    ],
    ["of 10,000 frames", animated(10_000), "the picture has 10000 frames: at most 100 are allowed"],
  ])("SA02: a picture that is %s is refused", async (_, bytes, message) => {
    const before = await stored();
    const content = bytes.toString("base64");
    const api = await home.ask("PUT", "/status-monitors/first/picture", { content, altText: "A cobweb" });
    expect(api).toMatchObject({ status: 422, body: { errors: [{ path: "content", message }] } });
    const file = await place.write("cobweb.png", bytes);
    const { code, said } = await command("status", "picture", "first", "--picture", file, "--alt-text", "A cobweb");
    expect([code, said]).toEqual([2, expect.stringContaining(message)]);
    const picture = new File([new Uint8Array(bytes)], "cobweb.png");
    const shown = await page(editor("first"), { do: "picture", altText: "A cobweb", picture });
    expect([shown.status, shown.said]).toEqual([422, expect.stringContaining(onPage(message))]);
    expect(await stored()).toEqual(before);
  });
});

describe("settings of counters", () => {
  const ranges = [
    { class: 1, currency: "EUR", fromMinor: 0, toMinor: 1_000 },
    { class: 2, currency: "EUR", fromMinor: 999 },
  ];
  it.each([
    [
      "a period of no day",
      { periods: { company: [0] } },
      "periods.company=0",
      "periods.company.0: is shorter than 1 day (given 0)",
    ],
    [
      "a fourth period",
      { periods: { company: [1, 2, 3, 4] } },
      "periods.company=1,2,3,4",
      "periods.company: has more than 3 periods (given [1,2,3,4])",
    ],
    [
      "classes that overlap",
      { amountClasses: ranges },
      `amountClasses=${JSON.stringify(ranges)}`,
      "amountClasses.1: class 2 (EUR 999 to any amount) overlaps class 1 (EUR 0 to 1000): ranges of one currency must not",
    ],
  ])("SA14: with %s are refused", async (_, monitors, setting, says) => {
    const detail = `monitors.${says}`;
    const before = await stored();
    const answer = { status: 422, body: { type: "unusable-setting", detail: expect.stringContaining(detail) } };
    expect(await home.ask("PATCH", "/tenant/settings", { monitors })).toMatchObject(answer);
    const { code, said } = await command("settings", "--monitors", setting);
    expect([code, said]).toEqual([2, expect.stringContaining(detail)]);
    const fields = Object.fromEntries(Object.entries(monitors).map(([name, value]) => [name, JSON.stringify(value)]));
    for (const action of ["save", "preview"]) {
      const form = { group: "monitors", do: action, ...fields };
      const shown = await page(`/settings/${home.tenant.tenantId}`, form);
      // The page names the field by its label, and says the value once.
      const reason = says.replace(/^\S+: /, "").replace(/ \(given .*\)$/, "");
      expect(shown.status).toBe(422);
      expect(shown.said.slice(shown.said.indexOf("Not done."))).toContain(reason);
      expect(shown.said).not.toContain(detail);
    }
    expect(await stored()).toEqual(before);
  });
});
