import type { checks as english } from "../en/checks.ts";

/** Sentences of a finding's evidence in Danish: what was checked, and how its figures are made. */
export const checks = {
  "check.CH1": "første ordre plus {mnth, plural, one {# måned} other {# måneder}}, senest på dagen",
  "check.CH2": "dage med en ordre",
  "check.CH3":
    "dage uden ordrer, over {base, select, previous {det forrige interval} max {det længste interval} mean {gennemsnittet af intervallerne} median {medianen af intervallerne} other {det sædvanlige interval}}",
  "check.LI1":
    "ordredage i {days, plural, one {den sidste dag} other {de sidste # dage}}{held, select, yes {, den <date>} other {}}",
  "check.LI2":
    "ordredage med varen i {days, plural, one {den sidste dag} other {de sidste # dage}}{held, select, yes {, den <date>} other {}}",
  "check.LI3":
    "ordrer uden varen gange (ordrer med varen - 1), over det dobbelte af de ordrer, der plejede at gå{held, select, yes {, den <date>} other {}}",
  "check.LI4": "dage uden varen, over dens længste interval{held, select, yes {, den <date>} other {}}",
  "check.LI5": "sidste ordre med varen, før den nyeste ordre{held, select, yes {, den <date>} other {}}",
  "check.LI6": "varen var mistet og er ikke købt siden: dage uden den, indtil fundet udløber",
  "check.LS2":
    "ordredage med varen i {days, plural, one {den sidste dag} other {de sidste # dage}}{held, select, yes {, den <date>} other {}}",
  "check.LS3":
    "sandsynlighed for så mange ordrer uden varen efter dens egen hyppighed{held, select, yes {, den <date>} other {}}",
  "check.OV1": "ubetalt beløb på den ældste faktura, i valutaens mindste enheder",
  "check.OV2": "den ældste fakturas forfaldsdag plus {days, plural, one {# dags} other {# dages}} frist",
  "check.WR1": "arbejdsdage, som deres besked venter",
  "check.WR2": "beskeder fra os uden svar",
  "check.WR3": "karakterens plads, bedste først, ligger efter den forrige",
  "check.WR4": "arbejdsdage, som tendensen falder",
  "check.DI1": "ordrer med varen i sammenligningsperioden",
  "check.DI2": "mængden, der mangler, gange 100, mod <perc> gange mængden før",
  "check.DI3": "chance for så få ordrer med varen efter kundens andel af ordrer",
  "check.FV1": "det tabte gange 100, mod <perc> gange værdien før",
  "check.FV2": "måneder før de nuværende",
  "check.FV3":
    "{even, select, yes {gennemsnit af de nuværende måneder, under de ens måneder før} other {t for månedernes værdier}}",
  "check.FV4":
    "{even, select, yes {gennemsnit af de nuværende måneder, under de ens måneder før} other {t for månedernes værdier pr. arbejdsdag}}",
  "check.FV5": "andel af værdien, som kunden har bevaret, under andelen for alle sammenlignelige kunder",
  "check.LP1": "afvigelse fra den forventede mængde gange 100, mod <perc> gange den forventede, i milliontedele",
  "check.ST1": "dagen, siden hvilken statussen gælder",

  "rule.CH.levelRule":
    "Af kunder med sådan en rytme og så lang en pause bestiller omkring <perc> % intet {days, plural, one {den næste dag} other {de næste # dage}}: 50 % eller mere er Høj, 40 % eller mere er Middel. Af sådanne intervaller er <shar> % længere end pausen; er det over 25 %, er pausen helt almindelig, og niveauet er Hold øje.",
  "rule.CH.severityRule":
    "kappa = sqrt(shape), A = 1 + kappa·n, B = 1.3·G/kappa + s, S(u) = I(B/(B+u); A, kappa), q = (pi + (1 - pi)·S(t+H)) / (pi + (1 - pi)·S(t)); G er firmaets gennemsnitlige interval til og med måneden før",
  "rule.CH.atStakeRule": "3 måneder af monthlyMinor, gange q90",
  "rule.LI.levelRule":
    "Det, som scoren finder, er Høj og meldes: så mange ordrer uden varen er højst 1 % sandsynlige efter dens egen hyppighed. Det, som kun reglen finder, er Hold øje.",
  "rule.LI.suppressed": "ingen køber den",
  "rule.LI.suppressedRule":
    "ingen anden kunde har bestilt den i de 30 dage til og med dagen, mens mindst 3 gjorde det i de 90 dage før",
  "rule.LI.atStakeRule":
    "windowNetMinor, gange sandsynligheden for, at varen bliver væk i de næste windowOrders ordrer efter itemOrders, steps og ordersWithout",
  "rule.OV.levelRule":
    "Den ældste faktura, der ikke er omtvistet, afgør det: mere end {days, plural, one {# dag} other {# dage}} efter forfald er Høj, ellers Middel; så længe alle er omtvistede, Hold øje.",
  "rule.OV.atStakeRule":
    "hvert ubetalt beløb gange unpaidChance for dets alder, chancen for, at det ikke betales inden for 30 dage, efter firmaets egne betalinger",
  "rule.WR.levelRule":
    "Et fald til dårlig er Høj og sendes straks. En besked, der venter, er Middel op til {days, plural, one {# arbejdsdag} other {# arbejdsdage}}, derefter Hold øje; ethvert andet fald er Middel; beskeder uden svar er Hold øje.",
  "rule.DI.levelRule": "Bekræftede varer er Middel: de er med i den daglige oversigt og meldes ikke straks.",
  "rule.DI.suppressed": "ingen køber den",
  "rule.DI.chanceRule":
    "chance = P[Bin(ordersBefore + orders, allOrders / (allOrdersBefore + allOrders)) <= orders]; chanceLimit er den fra Benjamini og Hochbergs metode ved 10 % over itemsCompared varer",
  "rule.DI.atStakeRule": "valueBeforeMinor minus valueMinor, mindst 0",
  "rule.FV.levelRule": "Bekræftet over mindst tre måneder og mere end markedet er Høj og meldes; ellers Hold øje.",
  "rule.FV.bookRule":
    "{know, select, yes {book er alle sammenlignelige kunder under ét; den, der har bevaret en mindst lige så stor andel, følger markedet} other {det vides ikke, hvordan alle kunder under ét har ændret sig for denne måned, så ingen får besked}}",
  "rule.FV.confirmationRule":
    "t = (meanBefore - meanCurrent) / sqrt(variance · (1/months + 1/monthsBefore)) over monthValues, den sidste først; 0,90-fraktilen af Students t med monthsBefore - 1 frihedsgrader er threshold. Værdierne pr. arbejdsdag skal også bestå den.",
  "rule.FV.atStakeRule": "previousMinor gange keptShare (1, så længe markedet er ukendt), minus currentMinor, mindst 0",
  "rule.LP.levelRule":
    "For lidt af den tilhørende vare er Middel: det er med i den daglige oversigt. For meget, så varen købes et andet sted, er Hold øje.",
  "rule.LP.atStakeRule": "den manglende mængde gange missingUnitMinor",
} satisfies Readonly<Record<keyof typeof english, string>>;
