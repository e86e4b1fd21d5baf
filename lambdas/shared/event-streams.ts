/**
 * Stands in a Lambda bundle for `@smithy/core/event-streams` (by esbuild's `alias`): no operation that a function calls has
 * an event stream, and every client of the SDK brings the means to read one.
 */
export const resolveEventStreamSerdeConfig = <T>(config: T): T => config;
export const eventStreamSerdeProvider = () => undefined;
export class EventStreamSerde {
  constructor() {
    throw new Error('functions read no event streams: lib/constructs/bundle.ts');
  }
}
