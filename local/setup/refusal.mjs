/** The machine lacks something: one sentence of what, one of what to do. Shown as it is, without a stack trace. */
export class Refusal extends Error {}
