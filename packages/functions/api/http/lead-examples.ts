import { EXAMPLE_BODY } from "./example-lead.ts";

/** What a reader puts in place of the names in capitals. */
interface ExampleValues {
  readonly address: string;
  readonly sender: string;
  readonly key: string;
  readonly signingSecret: string;
}

const PLACEHOLDERS: ExampleValues = {
  address: "https://HOST/v1/hooks/plans/PLAN/leads",
  sender: "TENANT:NAME",
  key: "KEY",
  signingSecret: "whsec_SECRET",
};

/** A program that sends a lead. */
export interface LeadExample {
  readonly language: "curl" | "Node" | "PHP";
  readonly isSigned: boolean;
  readonly code: string;
}

/** A text with variables of the program in it: `["v1,", { of: "signature" }]`. */
type Written = readonly (string | { readonly of: string })[];

/** What every program sends, whatever its language. */
interface Sent {
  readonly url: string;
  readonly body: string;
  readonly headers: readonly (readonly [name: string, value: Written])[];
  /** Given when it is signed. */
  readonly secret?: string;
}

const TYPE = ["Content-Type", ["application/json"]] as const;

const withKey = ({ address, key }: ExampleValues): Sent => ({
  url: address,
  body: EXAMPLE_BODY,
  headers: [TYPE, ["X-Api-Key", [key]], ["Idempotency-Key", [{ of: "id" }]]],
});

const signed = ({ address, sender, signingSecret }: ExampleValues): Sent => ({
  url: `${address}?sender=${sender}`,
  body: EXAMPLE_BODY,
  headers: [
    TYPE,
    ["webhook-id", [{ of: "id" }]],
    ["webhook-timestamp", [{ of: "timestamp" }]],
    ["webhook-signature", ["v1,", { of: "signature" }]],
  ],
  secret: signingSecret,
});

const SAME_ID = "one for each lead, the same at every attempt: it is stored once";

const filled = (written: Written, variable: (name: string) => string): string =>
  written.map((part) => (typeof part === "string" ? part : variable(part.of))).join("");

const lines = (...given: readonly (string | readonly string[])[]): string => given.flat().join("\n");

function curl({ url, body, headers, secret }: Sent): string {
  return lines(
    `body='${body}'`,
    `id=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \\n') # ${SAME_ID}`,
    secret === undefined
      ? []
      : [
          "timestamp=$(date +%s)",
          `key=$(printf %s '${secret.slice("whsec_".length)}' | base64 -d | od -An -v -tx1 | tr -d ' \\n')`,
          'signature=$(printf %s "$id.$timestamp.$body" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64)',
        ],
    `curl '${url}' \\`,
    headers.map(([name, value]) => `  -H "${name}: ${filled(value, (variable) => `$${variable}`)}" \\`),
    '  --data-raw "$body"',
  );
}

function node({ url, body, headers, secret }: Sent): string {
  const isSigned = secret !== undefined;
  return lines(
    `import { ${isSigned ? "createHmac, " : ""}randomUUID } from "node:crypto";`,
    "",
    `const body = '${body}';`,
    `const id = randomUUID(); // ${SAME_ID}`,
    isSigned
      ? [
          "const timestamp = String(Math.floor(Date.now() / 1000));",
          `const key = Buffer.from("${secret.slice("whsec_".length)}", "base64");`,
          'const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");',
        ]
      : [],
    `const answer = await fetch("${url}", {`,
    '  method: "POST",',
    "  headers: {",
    headers.map(([name, value]) => `    "${name}": \`${filled(value, (variable) => `\${${variable}}`)}\`,`),
    "  },",
    "  body,",
    "});",
    "console.log(answer.status, await answer.text());",
  );
}

function php({ url, body, headers, secret }: Sent): string {
  return lines(
    "<?php",
    `$body = '${body}';`,
    `$id = bin2hex(random_bytes(16)); // ${SAME_ID}`,
    secret === undefined
      ? []
      : [
          "$timestamp = time();",
          `$key = base64_decode('${secret.slice("whsec_".length)}');`,
          '$signature = base64_encode(hash_hmac("sha256", "$id.$timestamp.$body", $key, true));',
        ],
    `$request = curl_init('${url}');`,
    "curl_setopt_array($request, [",
    "  CURLOPT_POSTFIELDS => $body,",
    "  CURLOPT_RETURNTRANSFER => true,",
    "  CURLOPT_HTTPHEADER => [",
    headers.map(([name, value]) => `    "${name}: ${filled(value, (variable) => `$${variable}`)}",`),
    "  ],",
    "]);",
    "echo curl_exec($request);",
  );
}

/** How to send a lead, in each language with a key and signed, made of one description. */
export function leadExamples(values: ExampleValues = PLACEHOLDERS): readonly LeadExample[] {
  return [false, true].flatMap((isSigned) => {
    const sent = (isSigned ? signed : withKey)(values);
    return [
      { language: "curl", isSigned, code: curl(sent) },
      { language: "Node", isSigned, code: node(sent) },
      { language: "PHP", isSigned, code: php(sent) },
    ] as const;
  });
}
