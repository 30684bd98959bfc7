import { seeded } from "@regulars/core/platform/random";
import { isFromSlack, slackSignature } from "@regulars/functions/slack/signature";

/** What came of changed calls of Slack. */
interface MutatedCalls {
  readonly tried: number;
  /** Changed calls that were accepted: there is to be none. */
  readonly taken: readonly string[];
  /** Unchanged calls that were refused: there is to be none. */
  readonly lost: readonly string[];
}

const NOW_MS = 1_795_400_000_000;
const SECRETS = ["8f742231b10e8888abcd99yyyzzz85a5", "0123456789abcdef0123456789abcdef"] as const;
const BODIES = [
  "payload=%7B%22type%22%3A%22block_actions%22%2C%22team%22%3A%7B%22id%22%3A%22T0ACME%22%7D%7D",
  "team_id=T0ACME&user_id=U0SANNE&command=%2Fregulars&text=",
  '{"type":"event_callback","team_id":"T0ACME","event_id":"Ev1","event":{"type":"app_uninstalled"}}',
].map((text) => new TextEncoder().encode(text));

interface SignedCall {
  readonly raw: Uint8Array;
  readonly timestamp: string;
  readonly signature: string;
}

/** A whole number below another. */
type Random = (below: number) => number;

const replaced = (text: string, at: number, by: string): string => text.slice(0, at) + by + text.slice(at + 1);

/** Ways to change a signed call. Each may by chance leave it as it was: then it is not counted. */
const MUTATIONS: readonly ((call: SignedCall, random: Random) => SignedCall)[] = [
  (call, random) => {
    const raw = Uint8Array.from(call.raw);
    const at = random(raw.length);
    raw[at] = (raw[at] ?? 0) ^ (1 << random(8));
    return { ...call, raw };
  },
  (call, random) => ({ ...call, raw: call.raw.slice(0, random(call.raw.length)) }),
  (call, random) => ({ ...call, raw: Uint8Array.from([...call.raw, random(256)]) }),
  (call, random) => ({
    ...call,
    signature: replaced(call.signature, random(call.signature.length), "0123456789abcdefvV= "[random(20)] ?? ""),
  }),
  (call, random) => ({ ...call, signature: call.signature.slice(0, random(call.signature.length)) }),
  (call) => ({ ...call, signature: `${call.signature} ` }),
  (call) => ({ ...call, signature: call.signature.toUpperCase() }),
  (call, random) => ({ ...call, timestamp: String(Number(call.timestamp) + 1 + random(300)) }),
  (call, random) => ({
    ...call,
    timestamp: replaced(call.timestamp, random(call.timestamp.length), "0123456789+-. e"[random(15)] ?? ""),
  }),
  (call) => ({ ...call, timestamp: `0${call.timestamp}` }),
  (call, random) => {
    const secret = replaced(SECRETS[0], random(SECRETS[0].length), "ABCDEFGH"[random(8)] ?? "");
    return { ...call, signature: slackSignature(call.raw, call.timestamp, secret) };
  },
  (call, random) => {
    const timestamp = String(NOW_MS / 1000 + (random(2) === 0 ? 1 : -1) * (301 + random(100_000)));
    return { ...call, timestamp, signature: slackSignature(call.raw, timestamp, SECRETS[0]) };
  },
];

/** Changes signed calls of Slack, with the new and the old secret, and asks whether they are Slack's. */
export function mutateSlackCalls(count: number, seed: number): MutatedCalls {
  const draw = seeded(seed);
  const random: Random = (below) => Math.floor(draw() * below);
  const [taken, lost]: [string[], string[]] = [[], []];
  let tried = 0;
  while (tried < count) {
    const raw = BODIES[random(BODIES.length)] ?? new Uint8Array();
    const timestamp = String(NOW_MS / 1000 + random(601) - 300);
    const call = { raw, timestamp, signature: slackSignature(raw, timestamp, SECRETS[random(2)] ?? "") };
    if (!isFromSlack(call.raw, call, SECRETS, NOW_MS)) lost.push(JSON.stringify(call));
    const way = random(MUTATIONS.length);
    const changed = MUTATIONS[way]?.(call, random) ?? call;
    if (isSame(call, changed)) continue;
    tried += 1;
    if (isFromSlack(changed.raw, changed, SECRETS, NOW_MS)) taken.push(`${way}: ${JSON.stringify(changed)}`);
  }
  return { tried, taken, lost };
}

const isSame = (one: SignedCall, other: SignedCall): boolean =>
  one.timestamp === other.timestamp &&
  one.signature === other.signature &&
  Buffer.from(one.raw).equals(Buffer.from(other.raw));
