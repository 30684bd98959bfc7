import { catalogOf } from "@regulars/functions/catalog";
import { randomUUID } from "node:crypto";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { nextNightly } from "@regulars/core/nightly/nightly-hours";
import type { ErasureReport, ErasureSubject } from "@regulars/core/erasure/erasure";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { TenantDirectory } from "@regulars/core/tenants/tenant-directory";
import { type TenantId, toInstant } from "@regulars/core/platform/values";
import { openMessageSender } from "@regulars/functions/message-sender";
import { queueWorkers } from "@regulars/functions/workers/jobs";
import type { JobLog } from "@regulars/functions/reports/job-log";
import { type Runtime, createRuntime } from "@regulars/functions/runtime";
import { type Table, closeTable, openTable } from "@regulars/store/engine/table";
import { type TenantStore, openTenantStore } from "@regulars/store/tenant-store";
import { allItems } from "@regulars/store/erasure/all-items";
import { eraseSubject } from "@regulars/store/erasure/erase-subject";
import { type RestoreInput, restoreTenant } from "@regulars/store/tenant-copies/restore-tenant";
import { exportLines } from "@regulars/store/tenant-copies/tenant-file";
import { removeTenant } from "@regulars/store/tenants/remove-tenant";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { queueOf } from "../../infra/queues.ts";
import { table as spec } from "../../infra/table.ts";
import { createTable, findTable, probeDatabase } from "@regulars/store/engine/create-table";
import { makeDataFolder } from "./engine/data-folder.ts";
import { answersAt } from "./engine/engine-process.ts";
import type { Engine } from "./engine/engine.ts";
import { findDatabase } from "./engine/find-database.ts";
import { apiSecretsOf, openIssuer } from "./http/issuer.ts";
import { listen } from "./http/listen.ts";
import { localLog } from "./local-log.ts";
import { nightThreads } from "./nightly/night-threads.ts";
import { localPages } from "./pages.ts";
import { LocalQueues } from "./queue.ts";
import { UserError } from "./user-error.ts";

/** Locations and addresses of a local system. */
export interface LocalOptions {
  /** The data folder: database, mails, Slack messages. */
  readonly data: string;
  /** Another DynamoDB-compatible server to use instead of the embedded engine. */
  readonly dynamodbEndpoint?: string | undefined;
  /** An existing table: it must exist and is never created. */
  readonly tableName?: string | undefined;
  /** A table that is open, instead of one at the endpoint: it exists, and whoever opened it closes it. */
  readonly table?: Table | undefined;
  /** Port of pages and API; default: any free port. */
  readonly port?: number | undefined;
  /** Base URL of links in messages; default: the address of the pages. */
  readonly publicUrl?: string | undefined;
  readonly clock?: (() => number) | undefined;
  /** Passes the time until a message that failed is delivered again; default: by a timer. */
  readonly wait?: ((ms: number) => Promise<void>) | undefined;
  /** Starts the embedded database again when its process has ended, as a server must. Default: false. */
  readonly keepsDatabase?: boolean | undefined;
  /** Threads that work at any night; default: at a large tenant's, as many as the machine has cores and memory for. */
  readonly threads?: number | undefined;
}

/** One line of metrics that a handler reported. */
export interface Reported {
  readonly what: string;
  readonly figures: Readonly<Record<string, unknown>>;
}

/** The whole system on one machine: the deployed functions with local queues, e-mail inbox and Slack. */
export interface LocalSystem {
  readonly runtime: Runtime;
  readonly queues: LocalQueues;
  readonly directory: TenantDirectory;
  readonly url: string;
  readonly folder: string;
  /** Metrics that handlers reported since the system was opened, oldest first. */
  readonly reported: readonly Reported[];
  /** First line of the reason of each job failure since the system was opened. Full reasons are in regulars.log. */
  readonly failures: readonly string[];
  /** Removes a tenant with all its items (store/tenants/remove-tenant.ts). */
  readonly removeTenant: (tenantId: TenantId, onRemoved: (items: number) => void) => Promise<number>;
  /** The lines of a tenant's file, to put it back from (store/tenant-copies/tenant-file.ts). */
  readonly exportTenant: (tenant: Tenant) => AsyncIterable<string>;
  readonly restoreTenant: (input: Omit<RestoreInput, "table">) => ReturnType<typeof restoreTenant>;
  /** Erases a customer or a person, by what a scan of the table finds (store/erasure/erase-subject.ts). */
  readonly erase: (
    tenant: Tenant,
    given: { readonly subject: ErasureSubject; readonly isDry: boolean },
  ) => Promise<ErasureReport>;
  /** Creates the tenant and schedules its first nightly run, unless the tenant exists. */
  readonly makeTenant: (tenant: Tenant) => Promise<Tenant>;
  /** The tenant's store; throws a user error when the tenant does not exist. */
  readonly openTenant: (tenantId: TenantId) => Promise<{
    readonly tenant: Tenant;
    readonly store: TenantStore;
    readonly catalog: InsightCatalog;
  }>;
  readonly close: () => Promise<void>;
}

export type OpenedTenant = Awaited<ReturnType<LocalSystem["openTenant"]>>;

/** The local Slack knows one app, with any secret. */
const LOCAL_SLACK = { SLACK_CLIENT_ID: "local", SLACK_CLIENT_SECRET: "local", SLACK_PACE_MS: "0" };

export async function openLocalSystem(options: LocalOptions): Promise<LocalSystem> {
  const folder = options.data;
  await makeDataFolder(folder);
  const engine = await findDatabase(folder, options.dynamodbEndpoint);
  const table = options.table ?? (await openOwnTable(options, engine));
  const server = await listen(options.port ?? 0);
  const url = `http://127.0.0.1:${server.port}`;
  const issuer = await openIssuer(folder, options.clock);
  const queues = new LocalQueues(options.wait);
  const reported: Reported[] = [];
  const failures: string[] = [];
  const config = { TABLE_NAME: table.name, PUBLIC_URL: options.publicUrl ?? url };
  const runtime = createRuntime(
    {
      ...config,
      AUTH_ISSUER: `${url}/auth`,
      AUTH_AUDIENCE: issuer.audience,
      AUTH_CLIENT_ID: issuer.clientId,
      AUTH_JWKS_URL: `${url}/auth/jwks.json`,
      ...(await apiSecretsOf(folder)),
      WEBHOOKS_ALLOW_LOOPBACK: "true",
      SLACK_API_URL: `${url}/slack/api/`,
      ...LOCAL_SLACK,
    },
    {
      table,
      queues,
      clock: options.clock ?? (() => Date.now()),
      log: localLog(folder, failures),
      isDatabaseUp: () => answersAt(engine.endpoint),
      messageSender: openMessageSender({
        MAIL_FROM: "Regulars <regulars@example.com>",
        SES_ENDPOINT: `${url}/mail`,
      }),
      nightThreads: threadsOf(options, { config, endpoint: engine.endpoint, folder }),
      report: (what, figures) => reported.push({ what, figures: { ...figures } }),
    },
  );
  if (options.keepsDatabase === true) keepDatabase(engine, runtime.log);
  for (const { id, handlerFor } of Object.values(queueWorkers)) queues.consume(queueOf(id), handlerFor(runtime));
  const directory = openTenantDirectory(table);
  server.serve(localPages({ folder, table, runtime, issuer }).fetch);
  return {
    runtime,
    queues,
    directory,
    url,
    folder,
    reported,
    failures,
    removeTenant: (tenantId, onRemoved) => removeTenant(table, tenantId, onRemoved),
    exportTenant: (tenant) => exportLines(table, tenant, toInstant(runtime.clock())),
    restoreTenant: (input) => restoreTenant({ table, ...input }),
    erase: (tenant, given) =>
      eraseSubject({
        table,
        tenant,
        ...given,
        at: toInstant(runtime.clock()),
        actorId: "command",
        requestId: randomUUID(),
        itemsOf: () => allItems(table, tenant.tenantId),
      }),
    makeTenant: (tenant) => directory.ensure(tenant, nextNightly(tenant, toInstant(runtime.clock()))),
    openTenant: async (tenantId) => {
      const tenant = await directory.find(tenantId);
      if (tenant === undefined) throw new UserError(await unknownTenant(tenantId, directory));
      return { tenant, store: openTenantStore(table, tenant), catalog: catalogOf(runtime, tenant) };
    },
    close: async () => {
      try {
        await server.close();
        if (options.table === undefined) closeTable(table);
      } finally {
        await engine.release();
      }
    },
  };
}

/** None for a table that somebody else has opened: it is known to them alone. */
const threadsOf = ({ table, threads }: LocalOptions, given: Parameters<typeof nightThreads>[0]) =>
  table === undefined ? nightThreads(given, threads) : undefined;

async function openOwnTable({ tableName, dynamodbEndpoint }: LocalOptions, { endpoint }: Engine): Promise<Table> {
  const table = openTable({ tableName: tableName ?? spec.name, endpoint });
  await (tableName === undefined ? createTable(table, spec) : findTable(table));
  if (dynamodbEndpoint !== undefined) await probeDatabase(table);
  return table;
}

const keepDatabase = (engine: Engine, log: JobLog): void =>
  engine.keepRunning((restarted) => {
    log.error("the database ended", { reason: "the process of the database has ended; it is started again" });
    restarted.then(
      () => log.info("the database runs again", {}),
      () => undefined,
    );
  });

async function unknownTenant(tenantId: TenantId, directory: TenantDirectory): Promise<string> {
  const known = await directory.list();
  const choice = known.length === 0 ? "none has been made yet" : `there are: ${known.slice(0, 10).join(", ")}`;
  return `there is no tenant ${tenantId} (${choice}). An import makes one: regulars import orders FILE --tenant ${tenantId}`;
}
