import type { findings as english } from "../en/findings.ts";

/** Texts of a finding's page in Danish. */
export const findings = {
  "contacts.title": "Hvem du kan ringe til",
  "contacts.none":
    "Der kendes hverken telefonnummer eller e-mailadresse. Tilføj dem ved at importere kunde- og personfiler med <code>.",

  "finding.nothing": "intet",
  "finding.atStake": "På spil",
  "finding.since": "Har stået på siden",
  "finding.nobody": "ingen endnu",
  "finding.sinceNote":
    "“Har stået på siden” er den første dag, fra hvilken det har været sådan uden afbrydelse; det, det handler om i dag, kan være nyere.",
  "finding.others": "Også hos denne kunde",
  "finding.whatToWrite": "Hvad du kan skrive",
  "finding.writeMail": "✉ Skriv en e-mail",
  "finding.why": "Hvorfor ser jeg dette",
  "finding.evidence": "Dokumentation: alle tal og bilag bag det",
  "finding.resolved": "Løst.",
  "finding.resolvedWhy": "Natkørslen <date> fandt det ikke længere.",
  "finding.elsewhere": "Det, der nu kan gøres noget ved, står på <link>.",
  "finding.pageOf": "siden for <name>",

  "review.title": "Din feedback",
  "review.note": "Bemærkning",
  "review.useful": "Det var nyttigt",
  "review.known_reason": "Der er en kendt årsag",
  "review.wrong": "Det var forkert",
  "review.notesCall": "noterer et opkald i dag",
  "review.contactedOn": "Kontaktet <date>",
  "review.until": "Indtil",
  "review.snooze": "Udsæt",
  "review.dismiss": "Læg til side, indtil der sker noget nyt",
  "review.dismissed": "Lagt til side, indtil der sker noget nyt",
  "review.until.day": "Lagt til side indtil <date>",
  "review.reopen": "Tag det tilbage",

  "note.high": "Fund på niveauet Høj udløser straks et varsel, i Slack og som e-mail.",
  "note.medium": "Fund på niveauet Middel er med i den daglige oversigt.",
  "note.watch": "Fund på niveauet Hold øje står kun på siden: der sendes ingen besked.",
  "note.lapsed": "Ophørt: tavs så længe, at kunden skal vindes tilbage. Der sendes ingen besked.",
  "note.disputed": "Omtvistet: afklar tvisten, før du beder om betaling. Der sendes ingen besked.",
  "note.credit_hold":
    "Kunden er kreditspærret: den må ikke købe, så dens tavshed siger intet. Der sendes ingen besked.",
  "note.unwanted":
    "Ingen køber den længere: ingen anden kunde har bestilt den de seneste 30 dage. Der sendes ingen besked.",
  "note.dismissed": "Lagt til side. Der sendes ingen besked, før det genåbnes, eller der sker noget nyt.",
  "note.values": "Reglen tager niveauet fra værdierne nedenfor.",
  "note.share": "Efter sine egne vaner ville denne kunde gå så langt <text> af tiden.",
  "note.shareAndLevels":
    "Efter sine egne vaner ville denne kunde gå så langt <text> af tiden. 1 % eller derunder er Høj, 5 % eller derunder er Middel, mere er Hold øje.",
  "note.lessThan": "mindre end <text> %",

  "evidence.checks": "Kontroller",
  "evidence.whatChecked": "Det, der blev kontrolleret",
  "evidence.check": "Kontrol",
  "evidence.value": "Værdi",
  "evidence.compared": "sammenlignet",
  "evidence.limit": "Grænse",
  "evidence.holds": "Opfyldt",
  "evidence.numbers": "Alle tal bag det",
  "evidence.documents": "Kildebilag",
  "evidence.rule": "Regel og dens version <code>",
  "evidence.atMost": "højst",
  "evidence.less": "mindre end",
  "evidence.atLeast": "mindst",
  "evidence.moreThan": "mere end",
  "evidence.none": "Ingen: kun tallene ovenfor blev brugt.",
} satisfies Readonly<Record<keyof typeof english, string>>;
