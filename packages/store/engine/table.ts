import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** How to reach the table: its name, and an endpoint when it is not AWS's own. */
export interface TableAddress {
  readonly tableName: string;
  readonly endpoint?: string | undefined;
  /** Whose requests they are; the process's own without. Asked again shortly before they expire. */
  readonly credentials?: (() => Promise<SessionCredentials>) | undefined;
  /** A table whose connections are used too. */
  readonly sharing?: Table | undefined;
}

/** Credentials for a while. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** The one table and the clients for it: `raw` for control and wire pages, `documents` for items. */
export interface Table {
  readonly name: string;
  readonly raw: DynamoDBClient;
  readonly documents: DynamoDBDocumentClient;
}

/** Capacity used so far, in DynamoDB's request units, and items read. */
export interface Usage {
  readRequestUnits: number;
  writeRequestUnits: number;
  itemsRead: number;
  itemsWritten: number;
}

export const noUsage = (): Usage => ({ readRequestUnits: 0, writeRequestUnits: 0, itemsRead: 0, itemsWritten: 0 });

const isLoopback = (endpoint: string): boolean =>
  ["127.0.0.1", "localhost", "[::1]"].includes(new URL(endpoint).hostname);

/** Opens the table. A loopback endpoint needs no account: any key and region will do there. */
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
