type Primitive = string | number | boolean | bigint | symbol | null | undefined;

/** A type with every field and list in it read-only, at any depth: what a schema's output is to its readers. */
export type Immutable<T> = T extends Primitive
  ? T
  : T extends object
    ? { readonly [K in keyof T]: Immutable<T[K]> }
    : T;

/** A type as JSON carries it: every field is there, and an optional one that is empty is null. */
export type WithNulls<T> = {
  readonly [K in keyof T]-?: undefined extends T[K] ? Exclude<T[K], undefined> | null : T[K];
};
