/** One line of progress. `run` may report what it is doing, and answers what to show behind its title at the end. */
export type Step =
  | { readonly title: string; readonly run: (report: (line: string) => void) => Promise<string | undefined> }
  /** Steps that run at the same time. */
  | { readonly title: string; readonly together: readonly Step[] };
