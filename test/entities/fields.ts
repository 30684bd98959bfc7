import * as z from "zod";

/** A value with every optional field filled: a sample without one of them does not compile. */
export type Filled<T> = { readonly [K in keyof T]-?: Exclude<T[K], undefined> };

const inner = (schema: z.core.$ZodType): z.core.$ZodType => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return inner(schema.unwrap());
  return schema;
};

/** Paths of a schema's fields that a sample leaves empty, at any depth: `closing.reasonId`. */
export function emptyFields(schema: z.core.$ZodType, sample: unknown, path = ""): readonly string[] {
  const known = inner(schema);
  if (sample === undefined) return [path];
  if (known instanceof z.ZodArray && Array.isArray(sample))
    return sample.length === 0 ? [path] : emptyFields(known.element, sample[0], `${path}[]`);
  if (known instanceof z.ZodDiscriminatedUnion) {
    const option = known.options.find((one) => z.safeParse(one, sample).success);
    return option === undefined ? [path] : emptyFields(option, sample, path);
  }
  if (!(known instanceof z.ZodObject) || typeof sample !== "object" || sample === null) return [];
  const values = new Map(Object.entries(sample));
  return Object.entries(known.shape).flatMap(([name, field]) =>
    emptyFields(field, values.get(name), path === "" ? name : `${path}.${name}`),
  );
}

/** How an API answer shows an entity: its schema, fields under another name, and fields that it leaves out. */
export interface Answer {
  readonly schema: z.ZodObject;
  readonly renamed?: Readonly<Record<string, string>>;
  readonly omitted?: readonly string[];
}

/** Differences between an entity and its answer: forgotten fields, and exceptions that are not needed. */
export function forgottenFields(
  entity: z.ZodObject,
  { schema, renamed = {}, omitted = [] }: Answer,
): readonly string[] {
  const [fields, answered] = [new Set(Object.keys(entity.shape)), new Set(Object.keys(schema.shape))];
  const forgotten = [...fields].filter((name) => !omitted.includes(name) && !answered.has(renamed[name] ?? name));
  const needless = [...Object.keys(renamed), ...omitted].filter((name) => !fields.has(name));
  const shown = omitted.filter((name) => answered.has(name));
  return [
    ...forgotten.map((name) => `${name} is not in the answer`),
    ...needless.map((name) => `${name} is no field of the entity`),
    ...shown.map((name) => `${name} is said to be left out and is in the answer`),
  ];
}
