import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { tenantIdSchema } from "@regulars/core/platform/values";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Received, type Receiver, openReceiver } from "../../../../test/fixtures/receiver.ts";
import { isSigned, signingSecret } from "../access/signature.ts";
import { type LeadExample, leadExamples } from "./lead-examples.ts";

const run = promisify(execFile);
const signer = { secret: "the API's own secret", tenantId: tenantIdSchema.parse("acme"), keyId: "k1" };

let receiver: Receiver;
beforeAll(async () => {
  receiver = await openReceiver();
});
afterAll(() => receiver.close());

function exampleOf(language: LeadExample["language"], signs: boolean): string {
  const examples = leadExamples({
    address: receiver.url,
    sender: "acme:tunnel",
    key: "rgl_test",
    signingSecret: signingSecret(signer.secret, signer.tenantId, signer.keyId),
  });
  const example = examples.find((one) => one.language === language && one.isSigned === signs);
  if (example === undefined) throw new Error(`there is no example in ${language}`);
  return example.code;
}

/** What a program sends when it is run as it stands. */
async function sentBy(language: "curl" | "Node", signs: boolean): Promise<Received> {
  const code = exampleOf(language, signs);
  const before = receiver.received.length;
  await (language === "Node"
    ? run(process.execPath, ["--input-type=module", "-e", code])
    : run("/bin/sh", ["-c", code]));
  const [sent, ...more] = receiver.received.slice(before);
  if (sent === undefined || more.length > 0) throw new Error("the program does not send one request");
  return sent;
}

const LEAD = '{"person":{"name":"Olena K.","email":"olena@example.com"}}';
const languages = ["Node", "curl"] as const;

it.each(languages)(
  "D5: the signed example in %s is accepted as it stands, and not with another body",
  async (language) => {
    const { headers, body } = await sentBy(language, true);
    const signed = {
      id: headers["webhook-id"] ?? "",
      timestamp: headers["webhook-timestamp"] ?? "",
      signature: headers["webhook-signature"] ?? "",
    };
    expect([body, headers["content-type"]]).toEqual([LEAD, "application/json"]);
    const accepts = (raw: string) => isSigned(Buffer.from(raw), signed, signer, Date.now());
    expect([accepts(body), accepts(`${body} `)]).toEqual([true, false]);
  },
);

it.each(languages)("D5: the example in %s with a key names it and an id of the lead", async (language) => {
  const { headers, body } = await sentBy(language, false);
  expect([body, headers["content-type"], headers["x-api-key"]]).toEqual([LEAD, "application/json", "rgl_test"]);
  expect(headers["idempotency-key"]).toMatch(/^[\da-f-]{32,36}$/);
});

it("D5: the example in PHP signs the same text with the same bytes", () => {
  const secret = signingSecret(signer.secret, signer.tenantId, signer.keyId).slice("whsec_".length);
  const code = exampleOf("PHP", true);
  expect(code).toContain(`$body = '${LEAD}';`);
  expect(code).toContain(`$key = base64_decode('${secret}');`);
  expect(code).toContain('base64_encode(hash_hmac("sha256", "$id.$timestamp.$body", $key, true))');
  expect(code).toContain('"webhook-signature: v1,$signature",');
  expect(code).toContain("?sender=acme:tunnel');");
  expect(exampleOf("PHP", false)).toContain('"X-Api-Key: rgl_test",');
});
