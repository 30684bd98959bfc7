/** The smallest body that is a lead, as refusals and the documentation show it. */
export const EXAMPLE_BODY = '{"person":{"name":"Olena K.","email":"olena@example.com"}}';
