import type { Tenant } from "./tenant.ts";
import { ZONES_BY_COUNTRY } from "./zones-by-country.ts";

const placesOf = (area: string): readonly string[] => {
  const at = area.indexOf("/");
  return area
    .slice(at + 1)
    .split(",")
    .map((place) => (at === 0 ? place : `${area.slice(0, at)}/${place}`));
};

const countries: readonly (readonly [country: string, zones: readonly string[]])[] = ZONES_BY_COUNTRY.split("|").map(
  (text) => {
    const [country = "", ...areas] = text.trim().split(/\s+/);
    return [country, areas.flatMap(placesOf)];
  },
);

const countryByZone: ReadonlyMap<string, string> = new Map(
  countries.flatMap(([country, zones]) => zones.map((zone) => [zone, country] as const)),
);

/** The countries with telephones: ISO 3166, "UA". */
export const countryCodes: readonly string[] = countries.map(([country]) => country);
const knownCountries: ReadonlySet<string> = new Set(countryCodes);

/** Whether a code is that of a country with telephones: ISO 3166, "UA". */
export const isCountry = (code: string): boolean => knownCountries.has(code);

/** The country of a time zone; `undefined` for one of none, like UTC. */
const countryOfZone = (zone: string): string | undefined => countryByZone.get(zone);

/** The country of phone numbers without a country code: the tenant's own setting, else that of its time zone. */
export const phoneCountryOf = ({ phoneCountry, timeZone }: Pick<Tenant, "phoneCountry" | "timeZone">) =>
  phoneCountry ?? countryOfZone(timeZone);
