import type { forms as english } from "../en/forms.ts";

/** Texts about forms that are refused, in Brazilian Portuguese. */
export const forms = {
  "form.tooLong":
    "<name> tem {numb, plural, one {# caractere} other {# caracteres}}; no máximo <most> podem ser guardados",
  "form.missing": "<name> está faltando: preencha e envie o formulário de novo",
  "form.notOffered": "<name> “<valu>” não é oferecido: escolha <list>",
  "form.notListed": "<name> “<valu>” não está entre as opções: escolha uma da lista",
  "form.wrong": "<name> “<valu>” <text>",
  "form.quoted": "“<valu>”",
  "form.cannot": "não pode ser usado",
  "form.noReview": "Este formulário não tem uma ação válida para um achado",
  "form.feedback": "Avaliação",
  "form.createdTo": "Criado até",
  "form.by": "Por",
  "form.from": "De",
  "form.to": "Até",
  "form.withClarifications": "Com esclarecimentos",
  "form.noMany": "Alguns dos negócios escolhidos não podem ser alterados",
  "form.noDeals": "nenhum negócio foi escolhido: escolha pelo menos um",
  "form.noManyAction": "este formulário não tem uma ação válida para negócios",
  "form.unusable": "Este formulário não pode ser usado",
  "form.noChoice": "não é uma das opções",
  "form.notLike": "não está escrito como <exam>",
  "form.member": "Membro",
  "form.planChanged": "este plano foi alterado por outra pessoa nesse meio-tempo: veja como ele está agora",
  "form.noPlanAction": "este formulário não tem uma ação válida para um plano",
} satisfies Readonly<Record<keyof typeof english, string>>;
