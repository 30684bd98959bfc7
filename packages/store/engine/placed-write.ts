import type { UpdateCommandInput } from "@aws-sdk/lib-dynamodb";
import type { StoredItem } from "./own-write.ts";

/** What a write says of an item's place: its partition, and where it puts the item in the second index. */
export interface PlacedWrite {
  readonly pk: string;
  readonly g2p?: string | undefined;
  readonly g2s?: string | undefined;
}

/** Told of writes before they are made; they are made once it is done. */
export type BeforeWrite = (writes: readonly PlacedWrite[]) => Promise<void>;

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

export const placedByPut = ({ pk, g2p, g2s }: StoredItem): PlacedWrite => ({
  pk: String(pk),
  g2p: textOf(g2p),
  g2s: textOf(g2s),
});

type Update = Pick<UpdateCommandInput, "Key" | "UpdateExpression" | "ExpressionAttributeValues">;

export function placedByUpdate({ Key, UpdateExpression = "", ExpressionAttributeValues = {} }: Update): PlacedWrite {
  const set = (name: "g2p" | "g2s"): string | undefined =>
    textOf(ExpressionAttributeValues[new RegExp(`\\b${name} = (:\\w+)`).exec(UpdateExpression)?.[1] ?? ""]);
  return { pk: String(Key?.["pk"]), g2p: set("g2p"), g2s: set("g2s") };
}
