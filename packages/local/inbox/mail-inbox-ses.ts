import { randomUUID } from "node:crypto";
import { escapeFor } from "@regulars/core/platform/template";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { MailStore } from "./mail-inbox-store.ts";

/** An answer of the SES Query protocol. */
interface SesAnswer {
  readonly status: 200 | 400;
  readonly xml: string;
}

const NAMESPACE = "http://ses.amazonaws.com/doc/2010-12-01/";
const DESTINATION = /^Destinations\.member\.\d+$/;
const BASE64 = /^[A-Za-z0-9+/=\s]+$/;

interface RawEmail {
  readonly source: Buffer;
  readonly destinations: readonly string[];
}

/** Answers one call of the SES Query protocol (version 2010-12-01); only SendRawEmail is supported. */
export async function answerSes(body: string, store: MailStore): Promise<SesAnswer> {
  const form = new URLSearchParams(body);
  const action = form.get("Action") ?? "";
  if (action !== "SendRawEmail")
    return failed("InvalidAction", `The action ${action} is not valid for this web service.`);
  const email = rawEmailOf(form);
  if (!email.ok) return failed("InvalidParameterValue", email.message);
  return sent(await store.save(email.value.source, email.value.destinations));
}

function rawEmailOf(form: URLSearchParams): Result<RawEmail, "no-message"> {
  const data = form.get("RawMessage.Data") ?? "";
  if (!BASE64.test(data)) return refuse("no-message", "RawMessage.Data holds no base64 text.");
  const destinations = [...form].filter(([name]) => DESTINATION.test(name)).map(([, address]) => address);
  return ok({ source: Buffer.from(data, "base64"), destinations });
}

const sent = (id: string): SesAnswer => ({
  status: 200,
  xml: `<SendRawEmailResponse xmlns="${NAMESPACE}"><SendRawEmailResult><MessageId>${id}</MessageId></SendRawEmailResult>${metadata()}</SendRawEmailResponse>`,
});

const failed = (code: string, message: string): SesAnswer => ({
  status: 400,
  xml: `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeFor("html", message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
});

const metadata = () => `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;
