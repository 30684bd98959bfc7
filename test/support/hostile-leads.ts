/** A lead that must be refused: with which status, and which of its fields must be named. */
export interface HostileLead {
  readonly body: unknown;
  readonly status: number;
  readonly paths: readonly string[];
}

const person = { externalId: "h" };
const lead = (told: object): object => ({ person, ...told });

/** One bad field each: where it is, and values that it must not have. */
const bad: readonly (readonly [path: string, at: (value: unknown) => object, values: readonly unknown[]])[] = [
  ["person", (value) => ({ person: value }), [null, 5, "x", [], true, {}]],
  [
    "person.externalId",
    (value) => ({ person: { externalId: value } }),
    [1, "", "  ", {}, "x".repeat(201), "a\u0000b", "\ud800"],
  ],
  [
    "person.email",
    (value) => ({ person: { email: value } }),
    [5, "", "no", "a@b", "a b@c.de", "<a@b.cd>", "a@@b.cd", `${"x".repeat(250)}@y.zz`, [], "a@b.cd\u0007"],
  ],
  [
    "person.phone",
    (value) => ({ person: { phone: value } }),
    ["abc", "1", "+", 380, "+99999999999999999999", "０６７", {}],
  ],
  [
    "person.name",
    (value) => lead({ person: { ...person, name: value } }),
    [5, "", "n".repeat(201), "a\nb", "\u001b[31m"],
  ],
  ["deal", (value) => lead({ deal: value }), [5, "x", [], null]],
  ["deal.title", (value) => lead({ deal: { title: value } }), [5, "", "t".repeat(201), "\ud83d", {}]],
  [
    "deal.amount",
    (value) => lead({ deal: { amount: value } }),
    [
      1.5,
      0.1,
      -1,
      "-1",
      "1,5",
      "1e9",
      "abc",
      "",
      "10.555",
      Number.MAX_SAFE_INTEGER,
      "9".repeat(30),
      {},
      [],
      null,
      true,
      "١٢",
    ],
  ],
  ["deal.currency", (value) => lead({ deal: { currency: value, amount: "1" } }), [5, "", "eur", "EURO", "E R", {}]],
  [
    "deal.statusId",
    (value) => lead({ deal: { statusId: value } }),
    [5, "", "st_nowhere", "a b", "x".repeat(65), "__proto__ ", {}],
  ],
  ["deal.nonsense", (value) => lead({ deal: { nonsense: value } }), [1, null, "x"]],
  ["source", (value) => lead({ source: value }), [5, "x", []]],
  ["source.tunnelId", (value) => lead({ source: { tunnelId: value } }), [5, "", "x".repeat(101)]],
  [
    "source.utm",
    (value) => lead({ source: { utm: value } }),
    [5, "x", [], Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`k${i}`, "v"]))],
  ],
  ["assign.managerId", (value) => lead({ assign: { managerId: value } }), [5, "", "nobody", "a b", {}]],
  ["onDuplicate", (value) => lead({ onDuplicate: value }), [5, "", "merge", null, {}]],
  [
    "occurredAt",
    (value) => lead({ occurredAt: value }),
    [5, "", "yesterday", "2026-13-01T00:00:00Z", "2026-11-23", {}],
  ],
  ["eventId", (value) => lead({ eventId: value }), [5, "", "x".repeat(201), {}]],
  ["fields", (value) => lead({ fields: value }), [5, "x", [], { big: "x".repeat(4_100) }, { big: "ї".repeat(2_100) }]],
  ["fields.deep", (value) => lead({ fields: { deep: value } }), [nested(16), nested(1_000)]],
  ["fields.number", (value) => lead({ fields: { number: value } }), [1e200, -1e200, 2 ** 60, 1e-200]],
  [
    "fields.list[1].text",
    (value) => lead({ fields: { list: ["fine", { text: value }] } }),
    ["\ud800", "a\udc00", 1e99],
  ],
  ['fields.named[""]', (value) => lead({ fields: { named: { "": value } } }), [1, null]],
  ["fields.telegramId", (value) => lead({ telegramId: value }), [2 ** 60, "\ud83d", nested(20)]],
];

/** So many lists within each other. */
function nested(deep: number): unknown {
  let value: unknown = [];
  for (let i = 1; i < deep; i += 1) value = [value];
  return value;
}

const TOLD_TOGETHER = /^(?:person\.(?:externalId|name|email)|source|onDuplicate|occurredAt|eventId|fields)/;

/** What a lead says beside its person. */
const onlyOf = (told: object): object => Object.fromEntries(Object.entries(told).filter(([name]) => name !== "person"));

const MAX_BYTES = 64 * 1024;

/** So many leads that are wrong in one or two places, and some that are no lead at all; always the same ones. */
export function hostileLeads(count: number): HostileLead[] {
  const single = bad.flatMap(([path, at, values]) =>
    values.map((value): HostileLead => ({ body: at(value), status: 422, paths: [path] })),
  );
  const whole: HostileLead[] = [null, 5, "x", [], true].map((body) => ({ body, status: 422, paths: [""] }));
  const large: HostileLead = { body: lead({ fields: { big: "x".repeat(MAX_BYTES) } }), status: 413, paths: [] };
  // What one look finds is told together: each with each.
  const together = bad.filter(([path]) => TOLD_TOGETHER.test(path));
  const pairs = together.flatMap(([pathA, atA, valuesA], i) =>
    together
      .slice(i + 1)
      .filter(([pathB]) => pathA.split(".")[0] !== pathB.split(".")[0])
      .flatMap(([pathB, atB, valuesB]) =>
        valuesA.flatMap((a) =>
          // The person comes first in the list: its own is kept.
          valuesB.map((b): HostileLead => ({
            body: { ...atB(b), ...atA(a), ...onlyOf(atB(b)) },
            status: 422,
            paths: [pathA, pathB],
          })),
        ),
      ),
  );
  return [...single, ...whole, large, ...pairs].slice(0, count);
}
