import type { backtestReport as english } from "../en/backtest-report.ts";

/** Texts of a backtest's report in Danish. */
export const backtestReport = {
  "report.of": "Efterprøvning af <name>",
  "report.back": "‹ Hvor ofte reglerne har ret",
  "report.lead":
    "{cust, plural, one {# kunde} other {# kunder}} med {days, plural, one {# ordredag} other {# ordredage}} fra <from> til <upto>. Hver dag ser reglerne kun det, der var kendt dengang; et varsel er rigtigt, når det bliver ved at være sandt i de dage, det nævner, højst <most>. Bjælkerne er 95 %-intervaller fra <draw> bootstrap-udtræk af kunderne (seed <seed>).",
  "report.enough": "{numb, plural, one {# kunde har} other {# kunder har}} nok historik; der var <trth> at finde.",
  "report.enoughNone":
    "{numb, plural, one {# kunde har} other {# kunder har}} nok historik; der var ingen at finde: for få til at bedømme.",
  "report.nothing":
    "De tidligere ordrer er for få til at bedømme nogen regel: intet ville være blevet fortalt, og der var intet at finde. Importér ældre ordrer, og test så igen.",
  "report.plot": "Hver regels præcision og genkendelse, <name>",
  "report.rules": "Regler, <name>",
  "report.rule": "Regel",
  "report.alerts": "Varsler",
  "report.right": "Rigtige",
  "report.precision": "Præcision",
  "report.equal": "Ved lige så mange varsler som Høj",
  "report.money": "Af pengene",
  "report.recall": "Genkendelse",
  "report.per100": "Varsler pr. 100",
  "report.silent": "Dages pause",
  "report.lead-days": "Dages forspring",
  "report.tooFew": "for få til at bedømme",
  "report.share": "<text> (<from> til <upto>)",
  "report.ofAlerts": "<text> af <numb>",

  "report.order": "Listens rækkefølge",
  "report.orderLead":
    "Hver syvende dag {list, plural, one {# liste} other {# lister}} med {entr, plural, one {# linje} other {# linjer}}. Hver rækkefølge får lige så mange opkald som vores, højst ti pr. sælger og liste, og ringer til en kunde én gang i en pause. Tabte penge: tre måneders køb hos kunder, der derefter intet bestilte i 90 dage.",
  "report.orderOf": "Rækkefølge",
  "report.average": "Gennemsnitlig præcision",
  "report.calls": "Opkald",
  "report.lostMoney": "Tabte penge ringet op",
  "report.stated": "Hvad der blev sagt, og hvad der holdt stik",
  "report.statedCol": "Sagt",
  "report.statements": "Udsagn",
  "report.statedMean": "Sagt i gennemsnit",
  "report.cameTrue": "Holdt stik",
  "report.bin": "<from> til <upto> %",
  "report.note":
    "Hvor der blev sagt omkring <perc> %, bestilte <true> % af <numb> intet: læs det sådan med disse ordrer.",
  "report.error": "De angivne chancer rammer i gennemsnit <perc> ved siden af.",
  "report.errorIn": "De angivne chancer rammer i gennemsnit <perc> ved siden af (<from> til <upto>).",
  "report.levels": "Af listernes linjer holdt stik: <list>.",
  "report.level.high": "af <numb> ved Høj <shar>, <perc> sagt",
  "report.level.medium": "af <numb> ved Middel <shar>, <perc> sagt",
  "report.noMoney": "Ingen penge gik tabt.",
  "report.moneyOf": "<what> sagt at stå på spil, <lost> tabt: <fact> gange.",
  "report.moneyIn": "<what> sagt at stå på spil, <lost> tabt: <fact> gange (<from> til <upto>).",
  "report.inNumber": "I antal: <numb> sagt, <lost> tabt.",
  "report.largest": "Tre kunder har <perc> af de penge, der blev nævnt.",
  "report.ended":
    "Af {numb, plural, one {# pause} other {# pauser}}, der endte med en ordre, havde <medi> nået Middel og <high> Høj.",

  "headline.none": "Det ville ikke have fortalt dig om nogen kunde fra <from> til <upto>: for få til at bedømme.",
  "headline.says":
    "Af de {numb, plural, one {# kunde} other {# kunder}}, det ville have fortalt dig om fra <from> til <upto>, var <left> faldet fra; listen over længste pause ville have haft <othr>.",
  "headline.saysOf":
    "Af de {numb, plural, one {# kunde} other {# kunder}}, det ville have fortalt dig om fra <from> til <upto>, var <left> faldet fra; listen over længste pause ville have haft <othr> af <totl>.",
  "headline.longest": "Her har den længste pause oftere ret.",
  "headline.longestWaits": "Her har den længste pause oftere ret, men på pausens dag <days> i stedet for dag <ownd>.",
  "headline.few": "Det er for få til at bedømme.",

  "better.sure": "En sammenlignet regel er bedre her: <list>.",
  "better.chance": "Bedre her, men ikke mere end tilfældet forklarer: <list>.",
  "better.one": "“<name>” i <what>, <othr> i stedet for <ours>",
  "better.oneLater": "“<name>” i <what>, <othr> i stedet for <ours>, men på dag <days> i stedet for dag <ownd>",
  "better.what.precision, finding no less": "præcision, uden at finde færre",
  "better.what.precision at as many alerts, its limit moved": "præcision ved lige så mange varsler, med flyttet grænse",
  "better.what.average precision": "gennemsnitlig præcision",
  "better.what.right calls of as many": "rigtige opkald af lige så mange",
  "better.what.lost money called": "tabte penge ringet op",
} satisfies Readonly<Record<keyof typeof english, string>>;
