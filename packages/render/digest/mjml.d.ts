declare module "mjml" {
  const mjml2html: (
    source: string,
    options: { readonly validationLevel: "strict" },
  ) => Promise<{ readonly html: string }>;
  export default mjml2html;
}
