import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** How to reach the table: its name, and an endpoint unless it is on AWS. */
export interface TableAddress {
  readonly tableName: string;
  readonly endpoint?: string | undefined;
  /**
   * Credentials for the requests; called again shortly before they expire. Without it, the credentials of the process.
   */
  readonly credentials?: (() => Promise<SessionCredentials>) | undefined;
  /** A table to share HTTP connections with. */
  readonly sharing?: Table | undefined;
}

/** Temporary credentials. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** The table and its clients: `raw` for table management and wire pages, `documents` for items. */
export interface Table {
  readonly name: string;
  readonly raw: DynamoDBClient;
  readonly documents: DynamoDBDocumentClient;
}

/** Request units consumed so far, and items read and written. */
export interface Usage {
  readRequestUnits: number;
  writeRequestUnits: number;
  itemsRead: number;
  itemsWritten: number;
}

export const noUsage = (): Usage => ({ readRequestUnits: 0, writeRequestUnits: 0, itemsRead: 0, itemsWritten: 0 });

const isLoopback = (endpoint: string): boolean =>
  ["127.0.0.1", "localhost", "[::1]"].includes(new URL(endpoint).hostname);

/** Opens the table. A local endpoint needs no account; it accepts any key and region. */
export function openTable({ tableName, endpoint, credentials, sharing }: TableAddress): Table {
  const raw = new DynamoDBClient({
    ...(endpoint === undefined
      ? {}
      : !isLoopback(endpoint)
        ? { endpoint }
        : { endpoint, region: "local", credentials: { accessKeyId: "local", secretAccessKey: "local" } }),
    ...(credentials === undefined ? {} : { credentials }),
    ...(sharing === undefined ? {} : { requestHandler: sharing.raw.config.requestHandler }),
    maxAttempts: 8,
  });
  const documents = DynamoDBDocumentClient.from(raw, { marshallOptions: { removeUndefinedValues: true } });
  return { name: tableName, raw, documents };
}

export function closeTable(table: Table): void {
  table.documents.destroy();
  table.raw.destroy();
}
