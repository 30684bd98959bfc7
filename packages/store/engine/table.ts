import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { type Patience, clientPatience, forJobs } from "./patience.ts";

/** How to reach the table: its name, and an endpoint unless it is on AWS. */
export interface TableAddress {
  readonly tableName: string;
  readonly endpoint?: string | undefined;
  /**
   * Credentials for the requests; called again shortly before they expire. Without it, the credentials of the process.
   */
  readonly credentials?: (() => Promise<SessionCredentials>) | undefined;
  /** A table to share HTTP connections and patience with. */
  readonly sharing?: Table | undefined;
  /** Default: that of jobs. */
  readonly patience?: Patience | undefined;
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
  readonly patience: Patience;
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

/** A database on the same machine that does not answer is busy, as the machine is: it is waited for, ms. */
const LOOPBACK_ANSWER_MS = 120_000;

/** A database on the same machine asks nobody who they are: signing each request would take a tenth of an import's time. */
const UNSIGNED = {
  authorization:
    "AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
  "x-amz-date": "20260101T000000Z",
};
const forLoopback: DynamoDBClientConfig = {
  region: "local",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
  signer: {
    sign: (request) => {
      Object.assign(request.headers, UNSIGNED);
      return Promise.resolve(request);
    },
  },
};

/** What tells AWS about its caller. A database on the same machine reads none of it: it is an eighth of a call's time. */
const TOLD_TO_AWS = ["getUserAgentMiddleware", "recursionDetectionMiddleware", "hostHeaderMiddleware"];

/** Opens the table. A local endpoint needs no account; it accepts any key and region. */
export function openTable({ tableName, endpoint, credentials, sharing, patience: wanted }: TableAddress): Table {
  const patience = wanted ?? sharing?.patience ?? patienceAt(endpoint);
  const raw = new DynamoDBClient({
    ...clientPatience(patience),
    ...(endpoint === undefined ? {} : !isLoopback(endpoint) ? { endpoint } : { endpoint, ...forLoopback }),
    ...(credentials === undefined ? {} : { credentials }),
    ...(sharing === undefined ? {} : { requestHandler: connectionsOf(sharing) }),
  });
  // It copies all that is sent and received for a log that nobody keeps.
  raw.middlewareStack.remove("loggerMiddleware");
  if (endpoint !== undefined && isLoopback(endpoint)) for (const told of TOLD_TO_AWS) raw.middlewareStack.remove(told);
  const documents = DynamoDBDocumentClient.from(raw, {
    // Sums of a tenant may be beyond what a number holds exactly (core/platform/values.ts, `minorSum`).
    marshallOptions: { removeUndefinedValues: true, allowImpreciseNumbers: true },
    unmarshallOptions: { wrapNumbers: Number },
  });
  return { name: tableName, raw, documents, patience };
}

type Connections = Table["raw"]["config"]["requestHandler"];

/** A table's connections, which whoever shares them does not end. */
function connectionsOf({ raw }: Table): Connections {
  const shared: Connections = Object.create(raw.config.requestHandler);
  return Object.assign(shared, { destroy: () => undefined });
}

const patienceAt = (endpoint: string | undefined): Patience =>
  endpoint !== undefined && isLoopback(endpoint) ? { ...forJobs, answerMs: LOOPBACK_ANSWER_MS } : forJobs;

export function closeTable(table: Table): void {
  table.documents.destroy();
  table.raw.destroy();
}
