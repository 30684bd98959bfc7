import { clientPatience, forJobs } from "@regulars/store/engine/patience";
import * as z from "zod";
import { secretArns } from "../runtime.ts";

/** The secrets of a deployed function, read while it starts: their values are only in memory. */
export const cloudSecrets = await readSecrets(secretArns());

async function readSecrets(given: string | undefined): Promise<Readonly<Record<string, string>>> {
  if (given === undefined) return {};
  const arns = z.record(z.string(), z.string()).parse(JSON.parse(given));
  const { GetSecretValueCommand, SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
  const client = new SecretsManagerClient(clientPatience(forJobs));
  const read = Object.entries(arns).map(async ([name, SecretId]) => {
    const { SecretString: value } = await client.send(new GetSecretValueCommand({ SecretId }));
    if (value === undefined) throw new Error(`the secret ${name} has no text: set it as docs/operations.md says`);
    return [name, value] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}
