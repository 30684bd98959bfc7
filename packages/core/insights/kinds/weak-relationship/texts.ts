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
