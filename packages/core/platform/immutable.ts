type Primitive = string | number | boolean | bigint | symbol | null | undefined;

/** A type with every field and list read-only at any depth: how readers see a schema's output. */
export type Immutable<T> = T extends Primitive
  ? T
  : T extends object
    ? { readonly [K in keyof T]: Immutable<T[K]> }
    : T;

/** A type as JSON: every field is present, and an absent optional one is null. */
export type WithNulls<T> = {
  readonly [K in keyof T]-?: undefined extends T[K] ? Exclude<T[K], undefined> | null : T[K];
};
