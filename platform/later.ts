type Call = (...given: never[]) => Promise<unknown>;

/**
 * Calls of something that is loaded with the first of them: a client that few calls of a function need is then in nobody's
 * way while it starts (lib/constructs/bundle-functions.ts keeps such code in files of its own).
 */
export function later<Calls extends { readonly [Name in keyof Calls]: Call }>(load: () => Promise<Calls>): Calls {
  let loaded: Promise<Calls> | undefined;
  const call =
    (name: keyof Calls): Call =>
    async (...given) => {
      loaded ??= load();
      return (await loaded)[name](...given);
    };
  return new Proxy({} as Calls, { get: (_, name) => call(name as keyof Calls) });
}
