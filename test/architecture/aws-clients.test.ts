import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { readTexts } from "./read-texts.ts";

/** Where a client of AWS is made, with what it is made of. */
const MADE = /new (?:\(await import\([^)]*\)\)\.)?(\w*Client)\(([^)]{0,80})/g;
const AWS = /^(?:CloudWatch|DynamoDB|Lambda|SES|SQS|SSM|STS|SecretsManager)Client$/;

it("OP02: every client of AWS has a time-out and a number of attempts", async () => {
  const { files } = await readTexts(fileURLToPath(new URL("../..", import.meta.url)));
  const ours = files.filter(({ path }) => /^(?:packages|stacks)\/.*(?<!\.test)\.ts$/.test(path));
  const made = ours.flatMap(({ path, text }) =>
    [...text.matchAll(MADE)].flatMap(([, name = "", given = ""]) => (AWS.test(name) ? [{ path, name, given }] : [])),
  );
  expect(new Set(made.map(({ name }) => name)).size).toBe(8);
  expect(made.filter(({ given }) => !/[pP]atience/.test(given))).toEqual([]);
});
