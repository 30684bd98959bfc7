import * as z from "zod";
import { patience } from "./patience.ts";

const discoverySchema = z.object({ issuer: z.string() });

/** Who the discovery document of an OIDC issuer says that it is; `undefined` when there is none. */
export async function readIssuer(authIssuer: string | undefined): Promise<string | undefined> {
  if (authIssuer === undefined) return undefined;
  const url = `${authIssuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const signal = AbortSignal.timeout(patience.requestHandler.requestTimeout);
  const answer = await fetch(url, { signal }).catch(() => undefined);
  return discoverySchema.safeParse(await answer?.json().catch(() => undefined)).data?.issuer;
}
