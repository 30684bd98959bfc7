import { isDeepStrictEqual } from "node:util";
import { activityTypes } from "@regulars/core/customers/activity";
import { leftOutText } from "@regulars/core/monitors/mailing";
import { ownerIdOf, ownerTypes } from "@regulars/core/monitors/owner";
import {
  type SelectionAction,
  type SelectionOperation,
  selectionActionSchema,
} from "@regulars/core/monitors/selection-action";
import { selectionNameSchema } from "@regulars/core/monitors/selection";
import { actionSourcesOf } from "@regulars/functions/action-sources";
import { actOnSelection } from "@regulars/functions/workers/selection-work";
import { effectsOf } from "@regulars/functions/effects";
import { callList } from "@regulars/flows/monitors/call-list";
import { selectingIn } from "@regulars/flows/monitors/selecting";
import type { SelectionContext } from "@regulars/flows/monitors/selection-context";
import {
  type SelectionResult,
  addMembers,
  createSelection,
  deleteSelection,
  freezeSelection,
  readMembers,
  removeMembers,
} from "@regulars/flows/monitors/selections";
import { type ActionPreview, previewAction } from "@regulars/flows/monitors/preview-action";
import { startAction } from "@regulars/flows/monitors/start-action";
import type { LocalSystem, OpenedTenant } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { callListCsv } from "@regulars/render/monitors/call-list-csv";
import { checkedArgument, oneOf, tenantArgument } from "../arguments.ts";
import { type Session, printJson, tell, withExistingSystem } from "../session.ts";
import { jobsDone } from "../system/jobs-done.ts";
import { textTable } from "../text-table.ts";
import { criteriaOf } from "./criteria-option.ts";
import { selectionVerbs } from "./actions.ts";

export interface SelectionOptions {
  readonly tenant: string;
  readonly criteria?: string;
  readonly ownerType?: string;
  readonly ids?: readonly string[];
  readonly name?: string;
  readonly text?: string;
  readonly type?: string;
  readonly subject?: string;
  readonly preview?: boolean;
}

interface Asked {
  readonly session: Session;
  readonly system: LocalSystem;
  readonly opened: OpenedTenant;
  readonly context: SelectionContext;
  /** The selection's id, or the name of a new one. */
  readonly about: string;
  readonly options: SelectionOptions;
}

/** `regulars selections [ACTION] [ID]`: lists of customers, persons or projects, and what is done for their members. */
export function selectionsCommand(
  session: Session,
  verbName: string,
  about: string | undefined,
  options: SelectionOptions,
): Promise<number> {
  const verb = oneOf(selectionVerbs, "action", verbName);
  const tenantId = tenantArgument(options.tenant);
  if (verb !== "list" && about === undefined)
    throw new UserError(`write "selections ${verb} ${verb === "create" ? "NAME" : "ID"}"`);
  return withExistingSystem(session, async (system) => {
    const opened = await system.openTenant(tenantId);
    const asked = { session, system, opened, context: contextOf(system, opened), about: about ?? "", options };
    await VERBS[verb](asked);
    return 0;
  });
}

function contextOf({ runtime }: LocalSystem, { tenant, catalog, store }: OpenedTenant): SelectionContext {
  const { clock, newId } = effectsOf(runtime.clock, runtime.elapsed);
  const { selections, nightly, records } = store;
  return { tenant, selections, nightly, records, ...selectingIn({ tenant, catalog, store, clock }), clock, newId };
}

type Verb = (asked: Asked) => Promise<void>;

const VERBS: Readonly<Record<(typeof selectionVerbs)[number], Verb>> = {
  list: async ({ session, opened }) => {
    const selections = await opened.store.selections.list();
    const rows = selections.map(({ selectionId, name, ownerType, kind }) => [selectionId, name, ownerType, kind]);
    const table = rows.length === 0 ? "no selections" : textTable(["SELECTION", "NAME", "OF", "KIND"], rows);
    tell(session, { selections }, table);
  },
  create: async ({ session, context, about, options }) => {
    const ownerType = oneOf(ownerTypes, "--owner-type", options.ownerType ?? "company");
    const { criteria: file } = options;
    const criteria = file === undefined ? {} : { criteria: await criteriaOf("--criteria", file) };
    const made = usable(
      await createSelection(context, { name: nameOf("the name", about), ownerType, ...criteria }, "cli"),
    );
    tell(session, made, `made ${made.kind} selection ${made.selectionId}`);
  },
  show: async ({ session, context, about }) => {
    const { selection, owners, asOf } = usable(await readMembers(context, about));
    const ids = owners.map(ownerIdOf);
    tell(session, { ...selection, asOf, ids }, `${selection.name}, as of ${asOf}: ${ids.length}\n${ids.join("\n")}`);
  },
  add: async ({ session, context, about, options }) => {
    const to = usable(await addMembers(context, about, idsOf(options)));
    tell(session, to, `${to.name} has these members now`);
  },
  remove: async ({ session, context, about, options }) => {
    const from = usable(await removeMembers(context, about, idsOf(options)));
    tell(session, from, `${from.name} does not have these members now`);
  },
  freeze: async ({ session, context, about, options }) => {
    if (options.name === undefined) throw new UserError("give the list a name: --name NAME");
    const made = usable(
      await freezeSelection(context, { selectionId: about, name: nameOf("--name", options.name) }, "cli"),
    );
    tell(session, made, `made static selection ${made.selectionId}`);
  },
  delete: async ({ session, context, about }) => {
    const gone = usable(await deleteSelection(context, about));
    tell(session, gone, `deleted ${gone.name}`);
  },
  "call-list": async ({ session, context, opened, about }) => {
    const { tenant, store } = opened;
    const { owners } = usable(await readMembers(context, about));
    const rows = await callList({ tenant, nightly: store.nightly, records: store.records }, owners, () => true);
    if (session.json) printJson(session, { rows });
    else session.print(callListCsv(rows));
  },
  "follow-up": (asked) => act(asked, "follow-up"),
  "follow-up-requests": (asked) => act(asked, "follow-up-requests"),
  mail: (asked) => act(asked, "mailing"),
};

/**
 * Starts an action and does it at once. One that was cut off is gone on with when it is asked for again; else by the
 * system's clock.
 */
async function act({ session, system, opened, context, about, options }: Asked, action: string): Promise<void> {
  const { tenant, store } = opened;
  const asked = askedOf(action, options);
  const sources = actionSourcesOf(tenant, store);
  if (options.preview === true) {
    const preview = usable(await previewAction({ context, sources, selectionId: about, asked }));
    tell(session, preview, previewText(preview));
    return;
  }
  const operations = store.selectionOperations;
  const by = { actorId: "cli", requestId: "cli" };
  const { operationId } =
    (await cutOff(store, about, asked)) ??
    usable(await startAction({ context, sources, operations, selectionId: about, asked, ...by }));
  await actOnSelection({ tenant, store, runtime: system.runtime }, operationId, () => false);
  await jobsDone(system);
  const done = await store.selectionOperations.find(operationId);
  tell(session, { ...done }, `${done?.total ?? 0} members: made ${done?.made ?? 0}, skipped ${done?.skipped ?? 0}`);
}

/** The same action that this command has begun and not ended. */
async function cutOff(
  { sales, selectionOperations }: OpenedTenant["store"],
  selectionId: string,
  asked: SelectionAction,
): Promise<SelectionOperation | undefined> {
  for (const operationId of await sales.audienceOperations.open()) {
    const one = await selectionOperations.find(operationId);
    const isOwn = one?.state === "running" && one.actorId === "cli" && one.selectionId === selectionId;
    if (isOwn && isDeepStrictEqual(one.asked, asked)) return one;
  }
  return undefined;
}

function askedOf(action: string, { type, text = "", subject }: SelectionOptions): SelectionAction {
  const asked = selectionActionSchema.safeParse({
    action,
    text,
    ...(type === undefined ? {} : { type: oneOf(activityTypes, "--type", type) }),
    ...(action === "mailing" ? { subject: subject ?? "" } : {}),
  });
  if (asked.success) return asked.data;
  const [issue] = asked.error.issues;
  throw new UserError(`--${String(issue?.path[0] ?? "text")} ${issue?.message ?? "cannot be used"}`);
}

function previewText({ total, made, leftOut, examples, asOf }: ActionPreview): string {
  const rows = leftOut.map(({ ownerId, name, address, ...why }) => [ownerId, name, address ?? "", leftOutText(why)]);
  return [
    `${total} members as of ${asOf}: would make ${made}, leave out ${leftOut.length}`,
    ...(rows.length === 0 ? [] : [textTable(["MEMBER", "NAME", "ADDRESS", "LEFT OUT"], rows)]),
    ...examples.map(({ address, subject, text }) =>
      [address, subject, text].filter((one) => one !== undefined).join("\n"),
    ),
  ].join("\n\n");
}

const nameOf = (option: string, text: string): string => checkedArgument(selectionNameSchema, option, text);

function idsOf({ ids = [] }: SelectionOptions): readonly string[] {
  if (ids.length > 0) return ids;
  throw new UserError("give the members: --ids ID...");
}

function usable<T>(result: SelectionResult<T>): T {
  if (result.ok) return result.value;
  const further = (result.errors ?? []).filter(({ message }) => !result.message.includes(message));
  const errors = further.map(({ path, message }) => `\n  ${path} ${message}`);
  throw new UserError(`${result.message}${errors.join("")}`);
}
