import type { nights as english } from "../en/nights.ts";

/** Texts of the console in Danish: nightly runs and the quality of the data. */
export const nights = {
  "nights.none": "Der har ikke været nogen natkørsel endnu. Start en nu:",
  "nights.last":
    "Den sidste natkørsel talte alt til og med <date> og læste {numb, plural, one {# kunde} other {# kunder}}.",
  "nights.kind": "Indsigt",
  "nights.eligible": "Kunder med nok historik",
  "nights.found": "Fundet",
  "nights.failures": "Fejl",
  "nights.noFailure": "Ingen kunde blev sprunget over.",
  "nights.setAside":
    "{numb, plural, one {# kunde blev sprunget over; dens fund blev, som de var.} other {# kunder blev sprunget over; deres fund blev, som de var.}}",
  "nights.untold": "Ikke meldt til nogen",
  "nights.allTold": "Alt, der skal gøres noget ved, er i nogens oversigt.",
  "nights.entries": "{numb, plural, one {# post} other {# poster}} hos {cust, plural, one {# kunde} other {# kunder}}:",
  "nights.history": "De seneste nætter",
  "nights.day": "Til og med",
  "nights.missing": "{days, plural, one {# dag} other {# dage}} uden kørsel",
  "nights.failed.outage":
    "Mislykkedes <date>: databasen kunne ikke svare. Den prøves igen af sig selv; det, der er kendt, er som før. Sker det igen, så start den selv:",
  "nights.failed.fault":
    "Mislykkedes <date> af en grund, der står i loggen<text>. Den prøves igen af sig selv; det, der er kendt, er som før. Sker det igen, så sig det til dem, der driver Regulars for jer, og start den så:",
  "nights.reference": " som <code>",
  "nights.lastFailed":
    "Kørslen for <date> mislykkedes: det, du ser, er fra kørslen før. De seneste nætter herunder siger hvorfor, og hvad du kan gøre.",
  "nights.startAgain": "Start kørslen igen:",
  "quality.all": "{numb, plural, one {# kunde blev undersøgt.} other {# kunder blev undersøgt.}}",
  "quality.first": "De første {numb, plural, one {# kunde} other {# kunder}} efter id blev undersøgt.",
  "quality.none": "Der kendes ingen kunde endnu: importér dem med <code>",
  "quality.lead": "Det, der mangler, hindrer, at et fund bliver fortalt, eller at en kunde bliver ringet op.",
  "quality.gap": "Hvad der mangler",
  "quality.count": "Hvor mange",
  "quality.who": "De første af dem",
  "quality.no-name": "Et navn",
  "quality.no-rep": "Nogen, hvis kunde det er",
  "quality.unknown-rep": "Dens sælger er ikke bruger",
  "quality.rep-left": "Dens sælger er stoppet",
  "quality.no-phone": "Et telefonnummer",
  "quality.no-email": "En e-mailadresse",
  "quality.userEmail": "Brugere uden e-mailadresse",
  "quality.complete": "Fuldstændigt: <list>.",
  "quality.has.no-name": "navne",
  "quality.has.no-rep": "sælgere",
  "quality.has.unknown-rep": "sælgere, der er brugere",
  "quality.has.rep-left": "sælgere, der stadig er her",
  "quality.has.no-phone": "telefonnumre",
  "quality.has.no-email": "e-mailadresser",
  "quality.has.userEmail": "brugernes e-mailadresser",
  "quality.do":
    "For at rette det, importér kunde- og brugerfiler med disse felter: det, en fil ikke har, bliver, som det er.",
} satisfies Readonly<Record<keyof typeof english, string>>;
