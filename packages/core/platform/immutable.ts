type Primitive = string | number | boolean | bigint | symbol | null | undefined;

/** A type with every field and list in it read-only, at any depth: what a schema's output is to its readers. */
export type Immutable<T> = T extends Primitive
  ? T
  : T extends object
    ? { readonly [K in keyof T]: Immutable<T[K]> }
    : T;
