/** Names of a flat payload, in lower case and without blanks, `_` and `-`, with the place that each is meant for. */
const PLACES: Readonly<Record<string, readonly [part: "person" | "deal", field: string]>> = {
  externalid: ["person", "externalId"],
  name: ["person", "name"],
  fullname: ["person", "name"],
  email: ["person", "email"],
  emailaddress: ["person", "email"],
  phone: ["person", "phone"],
  phonenumber: ["person", "phone"],
  tel: ["person", "phone"],
  mobile: ["person", "phone"],
  title: ["deal", "title"],
  amount: ["deal", "amount"],
  currency: ["deal", "currency"],
};

const placeOf = (name: string) => {
  const plain = name.toLowerCase().replaceAll(/[\s_-]/g, "");
  return Object.hasOwn(PLACES, plain) ? PLACES[plain] : undefined;
};

/** Whether a plain name has its place in a lead. */
export const isPlaced = (name: string): boolean => placeOf(name) !== undefined;

/**
 * A payload without a person, as forms send it (`{ "name": "…", "email": "…" }`), with its fields in their places; the
 * first of two names for one place counts. Any other payload stays as it is, and so do names that mean nothing here.
 */
export function unflattened(body: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body) || "person" in body) return body;
  const parts: Record<"person" | "deal", Record<string, unknown>> = { person: {}, deal: {} };
  const rest: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(body)) {
    const place = placeOf(name);
    if (place === undefined || parts[place[0]][place[1]] !== undefined) rest[name] = value;
    else parts[place[0]][place[1]] = value;
  }
  if (Object.keys(parts.person).length === 0) return body;
  const deal = "deal" in rest || Object.keys(parts.deal).length === 0 ? {} : { deal: parts.deal };
  return { ...("deal" in rest ? parts.deal : {}), ...rest, person: parts.person, ...deal };
}
