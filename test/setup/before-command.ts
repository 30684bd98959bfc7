import type { Table } from "@regulars/store/engine/table";

type CommandName = "PutItem" | "DeleteItem" | "UpdateItem" | "Query" | "TransactWriteItems" | "BatchGetItem";

/**
 * Lets something else happen just before the first command of a kind that this client sends: what another process does
 * between two steps of ours. Others of the kind wait for it too.
 */
export function beforeCommand(table: Table, name: CommandName, happens: () => Promise<unknown>): void {
  let happening: Promise<unknown> | undefined;
  table.raw.middlewareStack.add(
    (next, context) => async (args) => {
      if (!String(context["commandName"]).startsWith(name)) return next(args);
      if (happening === undefined) {
        happening = happens();
        await happening;
      } else await happening.catch(() => undefined);
      return next(args);
    },
    { step: "initialize", name: `before${name}` },
  );
}
