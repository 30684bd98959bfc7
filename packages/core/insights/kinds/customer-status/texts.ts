/** The kind's texts in the languages other than English. */
export const translations = {
  da: {
    title: "Statusser",
    counted: "{numb, plural, one {# status} other {# statusser}}",
    why: "en status gælder",
    followUp: "Hej <pers>, hvordan går det? Vi har ikke haft kontakt et stykke tid. Venlig hilsen <cont>",
  },
  "pt-BR": {
    title: "Status",
    counted: "{numb, plural, one {# status} other {# status}}",
    why: "um status se aplica",
    followUp: "Olá, <pers>! Tudo bem? Faz um tempo que não nos falamos. Atenciosamente, <cont>",
  },
  uk: {
    title: "Статуси",
    counted: "{numb, plural, one {# статус} few {# статуси} many {# статусів} other {# статусу}}",
    why: "діє статус",
    followUp: "Вітаю, <pers>! Як ваші справи? Ми давно не спілкувалися. З повагою, <cont>",
  },
};

/** What pages say of its evidence: what was checked, and how its figures are made. */
export const evidenceTexts = {
  en: {
    "check.ST1": "day since which the status holds",
  },
  da: {
    "check.ST1": "dagen, siden hvilken statussen gælder",
  },
  "pt-BR": {
    "check.ST1": "dia desde o qual o status vale",
  },
  uk: {
    "check.ST1": "день, з якого діє статус",
  },
};
