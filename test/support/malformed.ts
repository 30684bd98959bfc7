import type { Asked } from "./api-desk.ts";
import { type ApiOperation, pathWith } from "./api-operations.ts";

/** A request that is wrong in one way or several. */
export interface Malformed {
  readonly how: string;
  readonly path: string;
  readonly asked: Asked;
  /** The operation that it asks for, as the document describes it; none with a method of another. */
  readonly operation: ApiOperation | undefined;
}

const JUNK_VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  0.1,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  "",
  " ",
  "\u0000",
  "\ud800",
  "../../etc/passwd",
  "T#other#S#00",
  "a".repeat(5_000),
  "💥",
  "<script>",
  "'; DROP TABLE customers; --",
  [],
  [[[[]]]],
  {},
  { $ne: null },
  { "": "" },
  [null, 1, "x"],
];

const JUNK_TEXTS: readonly string[] = [
  "{",
  "}",
  "[",
  '{"a":}',
  "{'a':1}",
  '{"a":1,}',
  "NaN",
  "undefined",
  "null",
  "true",
  '"text"',
  "12",
  "1e999",
  '{"name":1e999}',
  `{"name":${"9".repeat(400)}}`,
  `${"[".repeat(20_000)}`,
  `${"[".repeat(5_000)}${"]".repeat(5_000)}`,
  `${'{"a":'.repeat(3_000)}1${"}".repeat(3_000)}`,
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"name":"a","name":"b"}',
  '\ufeff{"name":"a"}',
  "<xml/>",
  "a=b&c=d",
];

const JUNK_BYTES: readonly (readonly number[])[] = [
  [0xff, 0xfe, 0xfd],
  [0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d],
  [0x00],
  [0x7b, 0x22, 0x6e, 0x61, 0x6d, 0x65, 0x22, 0x3a, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x7d],
];

const JUNK_IDS: readonly string[] = [
  "%00",
  "%E0%A4%A",
  "%ZZ",
  "..%2F..%2Fusers",
  "%23",
  "a%23b",
  "__proto__",
  "constructor",
  "hasOwnProperty",
  "%F0%9F%92%A5",
  "x".repeat(3_000),
  "%20",
  "-",
  "null",
  "T%23other",
  "a:b:c:d",
  ":",
];

const JUNK_QUERY: readonly string[] = [
  "",
  "x",
  "-1",
  "0",
  "1e9",
  "NaN",
  "2026-02-30",
  "2026-13-01",
  "99999-01-01",
  "%00",
  "%",
  "%E0%A4%A",
  "a,b",
  "__proto__",
  "A".repeat(900),
  "eyJhbGciOiJub25lIn0",
  "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
];

const JUNK_TYPES: readonly string[] = [
  "text/plain",
  "application/xml",
  "multipart/form-data; boundary=x",
  "application/jsonx",
  "*/*",
  "json",
];

const JUNK_CREDENTIALS: readonly string[] = [
  "x",
  "a.b.c",
  "..",
  "eyJ.eyJ.",
  "rgl_live_a.b.c",
  "rgl_live_",
  `${"a".repeat(4_000)}.b.c`,
];

/** Makes malformed requests of an operation, one after the other, as chance has it. */
export function malformer(operations: readonly ApiOperation[], random: () => number) {
  const pick = <T>(some: readonly T[]): T => {
    const one = some[Math.floor(random() * some.length)];
    if (one === undefined) throw new Error("there is nothing to pick from");
    return one;
  };
  const query = (operation: ApiOperation): string => {
    const names = operation.parameters.filter(({ in: place }) => place === "query").map(({ name }) => name);
    const asked = [...names, "unknown", "__proto__"].filter(() => random() < 0.5);
    return [...asked, ...names.slice(0, 1)].map((name) => `${name}=${pick(JUNK_QUERY)}`).join("&");
  };
  const mutated = (body: unknown): unknown => {
    if (typeof body !== "object" || body === null || random() < 0.1) return pick(JUNK_VALUES);
    if (Array.isArray(body)) return random() < 0.3 ? Array.from({ length: 300 }, () => body[0]) : body.map(mutated);
    const entries = Object.entries(body).flatMap(([name, value]): [string, unknown][] => {
      const chanceOf = random();
      if (chanceOf < 0.25) return [];
      if (chanceOf < 0.6) return [[name, pick(JUNK_VALUES)]];
      return [[name, typeof value === "object" ? mutated(value) : value]];
    });
    const extra: [string, unknown][] =
      random() < 0.5 ? [[pick(["nick", "__proto__", "constructor", "", "a.b"]), pick(JUNK_VALUES)]] : [];
    return Object.fromEntries([...entries, ...extra]);
  };
  const ways: Readonly<Record<string, (operation: ApiOperation) => Asked>> = {
    "wrong types": ({ body }) => ({ body: mutated(body) }),
    "junk JSON": () => ({ raw: pick(JUNK_TEXTS) }),
    "bad UTF-8": () => ({ raw: new Uint8Array(pick(JUNK_BYTES)) }),
    "cut JSON": ({ body }) => ({ raw: JSON.stringify(body ?? {}).slice(0, -1 - Math.floor(random() * 10)) }),
    "another content type": ({ body }) => ({ body: body ?? {}, headers: { "content-type": pick(JUNK_TYPES) } }),
    "junk credentials": () => ({ as: pick(JUNK_CREDENTIALS) }),
    "junk keys": ({ body }) => ({
      body,
      headers: { "idempotency-key": pick(["x".repeat(300), "a b", "\t\tx y", '"']) },
    }),
    "another method": () => ({ method: pick(["PATCH", "DELETE", "PUT", "POST", "OPTIONS"]) }),
  };
  return (): Malformed => {
    const operation = pick(operations);
    const how = pick(Object.keys(ways));
    const path = pathWith(operation, ({ example }) => (random() < 0.5 ? "\u0001" : String(example)));
    const asked = ways[how]?.(operation) ?? {};
    const isBare = (asked.method ?? operation.method) === "GET";
    const { body: _body, raw: _raw, ...bare } = asked;
    const search = query(operation);
    return {
      how,
      path: path.replaceAll("%01", () => pick(JUNK_IDS)) + (search === "" ? "" : `?${search}`),
      asked: { method: operation.method, ...(isBare ? bare : asked) },
      operation: asked.method === undefined ? operation : undefined,
    };
  };
}
