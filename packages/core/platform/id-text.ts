import { counted } from "./counted.ts";
import * as z from "zod";

/** Most characters of an id (UTF-16 code units). */
export const MAX_ID_LENGTH = 128;

/** Ordinary ids, which nothing needs to be done to: visible ASCII, blanks inside only. */
const ORDINARY = /^[!-~](?:[ -~]{0,126}[!-~])?$/;
/** What nobody can see or what is no character: control and format characters, line separators, lone surrogates. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/u;
/** The invisible joiners that some scripts and emoji are written with, between what can be seen. */
const JOINERS = /(?<=[^\p{C}\p{Z}])[\u200C\u200D](?=[^\p{C}\p{Z}])/gu;
const BLANK = /\p{Zs}/gu;

/**
 * An id in the form in which ids are compared: without blanks around it, inner blanks as ordinary ones, and composed
 * (NFC), so that two spellings that look the same are one id. Case stays.
 */
export const sameForm = (text: string): string =>
  ORDINARY.test(text) ? text : text.replaceAll(BLANK, " ").normalize("NFC").trim();

/** Why a text in this form is no id; `undefined` when it is one. */
function faultOf(id: string): string | undefined {
  if (id === "") return "is not an id: it is empty";
  if (id.length > MAX_ID_LENGTH)
    return `is not an id: it has ${counted(id.length, "character")}, at most ${MAX_ID_LENGTH} can be`;
  const [unseen] = ORDINARY.test(id) ? [] : (UNSEEN.exec(id.replaceAll(JOINERS, "")) ?? []);
  if (unseen === undefined) return undefined;
  const code = (unseen.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `is not an id: it has the character U+${code}, which cannot be printed`;
}

/** An id as people have them: any printable text of up to 128 characters (docs/imports.md). */
export const idTextSchema = z
  .string()
  .overwrite(sameForm)
  .superRefine((id, { addIssue }) => {
    const fault = faultOf(id);
    if (fault !== undefined) addIssue({ code: "custom", message: fault });
  })
  .meta({ minLength: 1, maxLength: MAX_ID_LENGTH });

/** What separates the parts of stored keys and lines, stands for nobody or everybody there, or escapes these. */
const IN_KEYS: Readonly<Record<string, string>> = { "#": "~h", "|": "~p", $: "~d", "*": "~s", "~": "~t" };
const FROM_KEYS = new Map(Object.entries(IN_KEYS).map(([sign, code]) => [code, sign]));

/** An id as a part of a stored key or line. Ids of letters, digits, blanks and `. _ - / +` stay as they are. */
export const keyOfId = (id: string): string => id.replaceAll(/[#|$*~]/g, (sign) => IN_KEYS[sign] ?? sign);

/** The id of a part of a key: the inverse of `keyOfId`. */
export const idOfKey = (key: string): string =>
  key.includes("~") ? key.replaceAll(/~[hpdst]/g, (code) => FROM_KEYS.get(code) ?? code) : key;

const escaped = (unit: string): string => `~${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** `text` with `~` and the code unit in hex for each unit that is not among `plain`, which has no `~`. */
const inPlain = (text: string, others: RegExp): string => text.replaceAll(others, escaped);

const unescaped = (text: string): string =>
  text.includes("~")
    ? text.replaceAll(/~([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;

/** Any id with letters, digits, `.`, `_`, `-` and `~`. */
export const encodeId = (id: string): string => inPlain(id, /[^A-Za-z0-9._-]/g);

/** The inverse of `encodeId`; `undefined` for a text that it cannot have written. */
export function decodeId(text: string): string | undefined {
  const id = unescaped(text);
  return encodeId(id) === text ? id : undefined;
}

/** The id of an item in a finding's id: as `encodeId`, but with the blanks, `/` and `+` of stock codes. */
export const encodeItemId = (id: string): string => inPlain(id, /[^A-Za-z0-9 ._/+-]/g);

/** The inverse of `encodeItemId`, which also reads what `encodeId` writes. */
export const decodeItemId = unescaped;

/** A text of any characters with those of one byte (ASCII without `~`) only. */
export const asciiOfText = (text: string): string => (/^[ -}]*$/.test(text) ? text : inPlain(text, /[^ -}]/g));

/** The inverse of `asciiOfText`. */
export const textOfAscii = unescaped;

/** What URLs cannot carry in a segment even with percent signs: servers on the way decode them, clients climb up. */
const LOST_IN_URLS = /[/\\%]|^\.{1,2}$/;

/**
 * An id as one segment of a URL's path: with percent signs, or where those get lost as `~` and `encodeId`
 * (`~INV~002f2026~002f0007`, `~~002e~002e`).
 */
export const segmentOfId = (id: string): string =>
  LOST_IN_URLS.test(id) || idOfSegment(id) !== id ? `~${encodeDots(id)}` : encodeURIComponent(id);

const encodeDots = (id: string): string => (/^\.+$/.test(id) ? inPlain(id, /\./g) : encodeId(id));

/** The id of a path's segment whose percent signs have been decoded. */
export function idOfSegment(segment: string): string {
  if (!segment.startsWith("~")) return segment;
  const id = unescaped(segment.slice(1));
  return id !== "" && `~${encodeDots(id)}` === segment ? id : segment;
}
