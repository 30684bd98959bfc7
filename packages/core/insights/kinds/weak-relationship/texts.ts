/** The kind's texts in the languages other than English. */
export const translations = {
  da: {
    title: "Svage relationer",
    counted: "{numb, plural, one {# svag relation} other {# svage relationer}}",
    why: "<rsnw>",
    followUp:
      "Hej <pers>, vi har ikke holdt kontakten, som vi burde. Hvordan går det, og er der noget, du venter på fra os? Venlig hilsen <cont>",
    waits: "deres besked fra <dsnc> har ventet {dayw, plural, one {# dag} other {# dage}} på svar",
    noReply: "intet svar på {msgs, plural, one {# besked} other {# beskeder}} siden <dsnc>",
    "good-fair": "kontakten gik fra god til middel den <dsnc>",
    "good-poor": "kontakten gik fra god til dårlig den <dsnc>",
    "fair-poor": "kontakten gik fra middel til dårlig den <dsnc>",
    down: "kontakten er blevet mindre siden <dsnc>",
  },
  "pt-BR": {
    title: "Relacionamentos fracos",
    counted: "{numb, plural, one {# relacionamento fraco} other {# relacionamentos fracos}}",
    why: "<rsnw>",
    followUp:
      "Olá, <pers>! Não temos mantido contato como deveríamos. Como vão as coisas, e há algo que você espera de nós? Atenciosamente, <cont>",
    waits: "a mensagem de <dsnc> espera resposta há {dayw, plural, one {# dia} other {# dias}}",
    noReply: "sem resposta a {msgs, plural, one {# mensagem} other {# mensagens}} desde <dsnc>",
    "good-fair": "o contato caiu de bom para regular em <dsnc>",
    "good-poor": "o contato caiu de bom para ruim em <dsnc>",
    "fair-poor": "o contato caiu de regular para ruim em <dsnc>",
    down: "o contato diminuiu desde <dsnc>",
  },
  uk: {
    title: "Слабкі стосунки",
    counted:
      "{numb, plural, one {# клієнт зі слабкими стосунками} few {# клієнти зі слабкими стосунками} many {# клієнтів зі слабкими стосунками} other {# клієнта зі слабкими стосунками}}",
    why: "<rsnw>",
    followUp:
      "Вітаю, <pers>! Ми давно не були на зв’язку так, як слід. Як ваші справи, і чи чекаєте ви на щось від нас? З повагою, <cont>",
    waits:
      "їхнє повідомлення від <dsnc> чекає на відповідь {dayw, plural, one {# день} few {# дні} many {# днів} other {# дня}}",
    noReply:
      "немає відповіді на {msgs, plural, one {# повідомлення} few {# повідомлення} many {# повідомлень} other {# повідомлення}} з <dsnc>",
    "good-fair": "<dsnc> оцінка контакту впала з доброї до середньої",
    "good-poor": "<dsnc> оцінка контакту впала з доброї до поганої",
    "fair-poor": "<dsnc> оцінка контакту впала із середньої до поганої",
    down: "контактів стало менше з <dsnc>",
  },
};

/** What pages say of its evidence: what was checked, and how its figures are made. */
export const evidenceTexts = {
  en: {
    "check.WR1": "working days that their message waits",
    "check.WR2": "messages of ours without a reply",
    "check.WR3": "the grade's place, best first, is behind the one before",
    "check.WR4": "working days that the trend falls",
    "rule.WR.levelRule":
      "A fall to poor is high: sent at once. A message that waits is medium up to {days, plural, one {# working day} other {# working days}}, then watched; any other fall is medium; messages without a reply are watched.",
  },
  da: {
    "check.WR1": "arbejdsdage, som deres besked venter",
    "check.WR2": "beskeder fra os uden svar",
    "check.WR3": "karakterens plads, bedste først, ligger efter den forrige",
    "check.WR4": "arbejdsdage, som tendensen falder",
    "rule.WR.levelRule":
      "Et fald til dårlig er Høj og sendes straks. En besked, der venter, er Middel op til {days, plural, one {# arbejdsdag} other {# arbejdsdage}}, derefter Hold øje; ethvert andet fald er Middel; beskeder uden svar er Hold øje.",
  },
  "pt-BR": {
    "check.WR1": "dias úteis que a mensagem deles espera",
    "check.WR2": "mensagens nossas sem resposta",
    "check.WR3": "a posição da nota, a melhor primeiro, está depois da anterior",
    "check.WR4": "dias úteis em que a tendência cai",
    "rule.WR.levelRule":
      "Uma queda para ruim é Alta: avisada na hora. Uma mensagem à espera é Média até {days, plural, one {# dia útil} other {# dias úteis}}, depois Observar; qualquer outra queda é Média; mensagens sem resposta ficam em Observar.",
  },
  uk: {
    "check.WR1": "робочі дні, протягом яких чекає їхнє повідомлення",
    "check.WR2": "наші повідомлення без відповіді",
    "check.WR3": "місце оцінки, починаючи з найкращої, нижче за попереднє",
    "check.WR4": "робочі дні, протягом яких тренд спадає",
    "rule.WR.levelRule":
      "Падіння до поганої оцінки – високий рівень: повідомляють одразу. Повідомлення, що чекає, має середній рівень до {days, plural, one {# робочого дня} few {# робочих днів} many {# робочих днів} other {# робочого дня}}, потім за ним спостерігають; будь-яке інше падіння – середній рівень; за повідомленнями без відповіді спостерігають.",
  },
};
