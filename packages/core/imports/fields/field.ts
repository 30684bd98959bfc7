import * as z from "zod";

/** How one value is written in a CSV cell and as a JSON property. */
export interface Codec<Cell extends z.ZodType, Json extends z.ZodType> {
  readonly cell: Cell;
  readonly json: Json;
  /** Whether a cell is a number, with its file's mark before the decimals. */
  readonly isNumber?: boolean;
  /** Whether a cell is a date, in its file's order of day and month. */
  readonly isDate?: boolean;
}

/** One field of an import kind: a column of its CSV file and a property of its JSON item. */
export interface Field<Cell extends z.ZodType = z.ZodType, Json extends z.ZodType = z.ZodType> extends Codec<
  Cell,
  Json
> {
  readonly isRequired: boolean;
}

/** The fields of an import kind, in the order of the columns. */
export type Fields = Readonly<Record<string, Field>>;

type ShapeOf<F extends Fields, Side extends "cell" | "json"> = { -readonly [Name in keyof F]: F[Name][Side] };

/** What the OpenAPI document says of a value. */
export const about = (description: string, example: unknown) => ({ description, example });

/** An empty cell is an absent value. */
const optionalCell = <Cell extends z.ZodType>(cell: Cell) =>
  z.preprocess((value) => (typeof value === "string" && value.trim() === "" ? undefined : value), cell.optional());

/** A field that every record has. */
export const required = <Cell extends z.ZodType, Json extends z.ZodType>(
  { cell, json, isNumber = false, isDate = false }: Codec<Cell, Json>,
  description: string,
  example: unknown,
) => ({ cell, json: json.meta(about(description, example)), isRequired: true, isNumber, isDate }) as const;

/** A field that a record may leave out: an empty cell, no property, or `null`. */
export const optional = <Cell extends z.ZodType, Json extends z.ZodType>(
  { cell, json, isNumber = false, isDate = false }: Codec<Cell, Json>,
  description: string,
  example: unknown,
) =>
  ({
    cell: optionalCell(cell),
    json: json.nullish().meta(about(description, example)),
    isRequired: false,
    isNumber,
    isDate,
  }) as const;

/** One side of every field. The type is asserted: TypeScript cannot follow the names through `Object.fromEntries`. */
const shapeOf = <F extends Fields, Side extends "cell" | "json">(fields: F, side: Side) =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field[side]])) as ShapeOf<F, Side>;

/** The schema of a row: its cells by the names of their columns. */
export const rowSchemaOf = <F extends Fields>(fields: F) => z.object(shapeOf(fields, "cell"));

/** The schema of a JSON item; it has no other properties. */
export const itemSchemaOf = <F extends Fields>(fields: F) => z.strictObject(shapeOf(fields, "json"));

/** The columns without which a file cannot be read. */
export const requiredColumnsOf = (fields: Fields): readonly string[] =>
  Object.keys(fields).filter((name) => fields[name]?.isRequired === true);

/** The columns whose cells are numbers. */
export const numberColumnsOf = (fields: Fields): readonly string[] =>
  Object.keys(fields).filter((name) => fields[name]?.isNumber === true);

/** The columns of dates. */
export const dateColumnsOf = (fields: Fields): readonly string[] =>
  Object.keys(fields).filter((name) => fields[name]?.isDate === true);
