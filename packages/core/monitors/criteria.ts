import * as z from "zod";

/** Levels of a tree, the leaf included (docs/reference/monitors.md 2). */
export const MOST_DEPTH = 5;
export const MOST_LEAVES = 50;

export const units = ["days", "weeks", "months", "years"] as const;
export type Unit = (typeof units)[number];

export const ops = [
  "=",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "between",
  "before",
  "after",
  "on",
  "olderThan",
  "withinLast",
  "inNext",
  "is",
  "isNot",
  "contains",
  "begins",
  "ends",
  "oneOf",
  "noneOf",
  "isNull",
  "isNotNull",
  "hasStatus",
  "hasNotStatus",
] as const;
export type Op = (typeof ops)[number];

const leafSchema = z.strictObject({
  /** A name of `fields.ts`, like `sale.sold.last`. */
  field: z.string().min(1).max(100),
  op: z.enum(ops),
  /** Days are "YYYY-MM-DD"; a list for `between`, `oneOf` and `noneOf`; absent for `isNull` and `isNotNull`. */
  value: z
    .union([
      z.string(),
      z.number(),
      z.boolean(),
      z
        .array(z.union([z.string(), z.number()]))
        .min(1)
        .max(100),
    ])
    .optional(),
  /** What `value` counts, with `olderThan`, `withinLast` and `inNext`. */
  unit: z.enum(units).optional(),
  /** Holds also without a value: "or never". */
  orNever: z.boolean().optional(),
  /** Counts also what a program did: mass mail, automatic mail, untouched tasks. */
  includeAutomatic: z.boolean().optional(),
});

/** One comparison of a field with a value. */
export type Leaf = z.output<typeof leafSchema>;
export type LeafValue = NonNullable<Leaf["value"]>;

/** A tree of conditions: all of, any of, not, or one leaf. `readCriteria` checks what this form leaves open. */
export type Criterion =
  { readonly all: readonly Criterion[] } | { readonly any: readonly Criterion[] } | { readonly not: Criterion } | Leaf;

export const criterionSchema: z.ZodType<Criterion> = z
  .lazy(() =>
    z.union([
      z.strictObject({ all: z.array(criterionSchema).min(1) }),
      z.strictObject({ any: z.array(criterionSchema).min(1) }),
      z.strictObject({ not: criterionSchema }),
      leafSchema,
    ]),
  )
  .meta({
    id: "Criterion",
    description: "All of, any of, not, or one comparison: at most 5 levels and 50 comparisons",
    examples: [
      {
        all: [
          { field: "category", op: "is", value: "Customer" },
          { field: "sale.sold.last", op: "olderThan", value: 2, unit: "months" },
          { field: "sale.sold.total", op: ">", value: 50 },
        ],
      },
    ],
  });

/** The parts of a tree below one of its nodes; a leaf has none. */
export function partsOf(criterion: Criterion): readonly Criterion[] {
  if ("all" in criterion) return criterion.all;
  if ("any" in criterion) return criterion.any;
  return "not" in criterion ? [criterion.not] : [];
}

export const isLeaf = (criterion: Criterion): criterion is Leaf => "field" in criterion;

/** A leaf with its place in the tree, like `all[1].not`. */
export interface PlacedLeaf {
  readonly path: string;
  readonly leaf: Leaf;
}

/** The leaves of a tree from left to right. */
export function leavesOf(criterion: Criterion, path = ""): readonly PlacedLeaf[] {
  if (isLeaf(criterion)) return [{ path, leaf: criterion }];
  return placedParts(criterion, path).flatMap((part) => leavesOf(part.criterion, part.path));
}

/** The parts below a node with their places. */
export function placedParts(
  criterion: Criterion,
  path: string,
): readonly { readonly path: string; readonly criterion: Criterion }[] {
  const prefix = path === "" ? "" : `${path}.`;
  if ("not" in criterion) return [{ path: `${prefix}not`, criterion: criterion.not }];
  const name = "all" in criterion ? "all" : "any";
  return partsOf(criterion).map((part, index) => ({ path: `${prefix}${name}[${index}]`, criterion: part }));
}
