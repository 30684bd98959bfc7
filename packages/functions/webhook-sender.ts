import { lookup as resolve } from "node:dns";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { type LookupFunction, isIP } from "node:net";
import { cutText } from "@regulars/core/platform/cut-text";
import type { WebhookAnswer } from "@regulars/core/webhooks/webhook";
import type { WebhookSender } from "@regulars/core/webhooks/webhook-store";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import ipaddr from "ipaddr.js";
import { Webhook } from "standardwebhooks";

const TIMEOUT_MS = 15_000;

type Sent = Parameters<WebhookSender>[0];

/** IPv6 has more special ranges than unicast ones: only global unicast is the public internet. */
const GLOBAL_UNICAST = ipaddr.parseCIDR("2000::/3");

/** Whether a webhook may be sent to an IP address: public unicast, or loopback if that is allowed. */
export function isAllowedAddress(address: string, allowsLoopback: boolean): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  const range = parsed.range();
  if (range === "loopback") return allowsLoopback;
  return range === "unicast" && (parsed.kind() === "ipv4" || parsed.match(GLOBAL_UNICAST));
}

/** Checks a webhook's address: https, no credentials, and not a known private address. */
export function checkWebhookUrl(text: string, allowsLoopback: boolean): Result<URL, "unusable-url"> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return refuse("unusable-url", "is not an address like https://example.com/hooks");
  const host = hostOf(url);
  const isLocal = allowsLoopback && (host === "localhost" || (isIP(host) !== 0 && isAllowedAddress(host, true)));
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLocal))
    return refuse("unusable-url", "is not an https address");
  if (url.username !== "" || url.password !== "") return refuse("unusable-url", "has credentials in it");
  const isPrivate = isIP(host) !== 0 && !isAllowedAddress(host, allowsLoopback);
  if (isPrivate || (host === "localhost" && !allowsLoopback)) return refuse("unusable-url", "is a private address");
  return ok(url);
}

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, "");

/**
 * Checks every address of a host name, and connects to a checked one: the name cannot resolve differently in between.
 */
const checkedLookup =
  (allowsLoopback: boolean): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, "", 0);
      const refused = addresses.find(({ address }) => !isAllowedAddress(address, allowsLoopback));
      const [first] = addresses;
      if (refused !== undefined || first === undefined)
        return callback(new Error(`${hostname} is a private address`), "", 0);
      if (options.all === true) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };

/** Sends webhooks signed by Standard Webhooks, with the signatures of all valid secrets in one header. */
export const webhookSender =
  (allowsLoopback: boolean): WebhookSender =>
  ({ url: text, id, body, secrets, atMs }) => {
    const url = checkWebhookUrl(text, allowsLoopback);
    if (!url.ok) return Promise.resolve({ error: `the address ${url.message}` });
    return post(url.value, body, allowsLoopback, webhookHeaders({ id, body, secrets, atMs }));
  };

/** What a delivery says of itself: its id, when it is sent, and its signatures. */
export function webhookHeaders({ id, body, secrets, atMs }: Omit<Sent, "url">): Record<string, string> {
  const at = new Date(atMs);
  return {
    "content-type": "application/json",
    "user-agent": "Regulars-Webhooks/1",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(atMs / 1000)),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(" "),
  };
}

/** Does not follow redirects: they count as failures. */
function post(
  url: URL,
  body: string,
  allowsLoopback: boolean,
  headers: Record<string, string>,
): Promise<WebhookAnswer> {
  const request = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((answer) => {
    const sent = request(
      url,
      {
        method: "POST",
        headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
        lookup: checkedLookup(allowsLoopback),
        timeout: TIMEOUT_MS,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        agent: false,
      },
      (reply) => {
        answer({ status: reply.statusCode ?? 0 });
        // The body is not used.
        reply.destroy();
      },
    );
    sent.on("timeout", () => sent.destroy(new Error("no answer in time")));
    sent.on("error", (error) => answer({ error: cutText(error.message, 199) }));
    sent.end(body);
  });
}
