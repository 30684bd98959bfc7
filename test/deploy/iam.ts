import * as z from "zod";

const many = z.union([z.string(), z.array(z.string())]).transform((one) => (typeof one === "string" ? [one] : one));

const statementSchema = z.object({
  Effect: z.enum(["Allow", "Deny"]),
  Action: many,
  Resource: many.default(["*"]),
  Condition: z.record(z.string(), z.record(z.string(), many)).default({}),
});

export const policySchema = z.object({ Statement: z.array(statementSchema) });
export type Statement = z.output<typeof statementSchema>;

/** A request as IAM evaluates it. Context keys ignore case; a list is a multi-valued key. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** IAM's decision for the statements of one identity: a Deny wins; without an Allow nothing is allowed. */
export function isAllowed(statements: readonly Statement[], request: Request): boolean {
  const applying = statements.filter((statement) => applies(statement, request));
  return applying.some(({ Effect }) => Effect === "Allow") && applying.every(({ Effect }) => Effect !== "Deny");
}

function applies({ Action, Resource, Condition }: Statement, request: Request): boolean {
  const context = new Map(Object.entries(request.context).map(([key, value]) => [key.toLowerCase(), value]));
  return (
    Action.some((pattern) => like(pattern.toLowerCase(), request.action.toLowerCase(), context)) &&
    Resource.some((pattern) => like(pattern, request.resource, context)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, context.get(key.toLowerCase()), values, context)),
    )
  );
}

type Context = ReadonlyMap<string, string | readonly string[]>;

const OPERATOR = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

function holds(
  given: string,
  value: string | readonly string[] | undefined,
  wanted: readonly string[],
  context: Context,
): boolean {
  const [, set, operator = "", ifExists] = OPERATOR.exec(given) ?? [];
  if (operator === "Null") return wanted.includes(String(value === undefined));
  const values = value === undefined ? [] : typeof value === "string" ? [value] : value;
  // "ForAllValues" is true for no values: a Null condition in the same statement must exclude this.
  if (values.length === 0) return ifExists !== undefined || set === "ForAllValues";
  const one = (candidate: string) => matches(operator, candidate, wanted, context);
  return set === "ForAllValues" ? values.every(one) : values.some(one);
}

function matches(operator: string, candidate: string, wanted: readonly string[], context: Context): boolean {
  switch (operator) {
    case "StringEquals":
      return wanted.some((one) => like(one, candidate, context, false));
    case "StringLike":
    case "ArnLike":
    case "ArnEquals":
      return wanted.some((one) => like(one, candidate, context));
    case "Bool":
      return wanted.includes(candidate);
    default:
      throw new Error(`the condition operator ${operator} is not known here`);
  }
}

const TOKEN = /\$\{([^}]*)\}|([*?])|([\s\S])/g;

/** Whether a text matches a pattern with `*`, `?` and policy variables. A variable without a value matches nothing. */
function like(pattern: string, text: string, context: Context, withWildcards = true): boolean {
  let source = "";
  for (const [, variable, wildcard, plain] of pattern.matchAll(TOKEN)) {
    if (plain !== undefined) source += escape(plain);
    else if (wildcard !== undefined)
      source += !withWildcards ? escape(wildcard) : wildcard === "*" ? "[\\s\\S]*" : "[\\s\\S]";
    else {
      const value = ["*", "?", "$"].includes(variable ?? "") ? variable : context.get((variable ?? "").toLowerCase());
      if (typeof value !== "string") return false;
      source += escape(value);
    }
  }
  return new RegExp(`^${source}$`).test(text);
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
