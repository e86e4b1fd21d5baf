import * as z from 'zod';

/** A program that an instance is made of. */
export const Service = z.object({
  name: z.enum(['cloud', 'worker', 'edge']),
  command: z.string(),
  args: z.array(z.string()),
  env: z.record(z.string(), z.string()),
  logFile: z.string(),
  /** How to see that the service can be used: an address that answers 200, or a text in its log. */
  readyWhen: z.union([z.object({ answers: z.url() }), z.object({ says: z.string() })]),
  /** `restart`: it keeps its state elsewhere. `stopAll`: nothing works without it. */
  onDeath: z.enum(['restart', 'stopAll']),
  /** Time to end by itself after SIGTERM, before SIGKILL. */
  stopSeconds: z.number(),
});
export type Service = z.infer<typeof Service>;
export type ServiceName = Service['name'];

/** From the command to the supervisor. */
export const Order = z.discriminatedUnion('do', [
  z.object({ do: z.literal('run'), service: Service }),
  /** From now on run without the command that started us. */
  z.object({ do: z.literal('stayUp') }),
  z.object({ do: z.literal('stop') }),
]);
export type Order = z.infer<typeof Order>;

/** From the supervisor to the command. */
export const Notice = z.discriminatedUnion('is', [
  z.object({ is: z.literal('up'), name: Service.shape.name }),
  z.object({ is: z.literal('failed'), name: Service.shape.name, why: z.string() }),
  z.object({ is: z.literal('restarted'), name: Service.shape.name, why: z.string() }),
  z.object({ is: z.literal('stopping'), why: z.string() }),
]);
export type Notice = z.infer<typeof Notice>;
