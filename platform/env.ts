import type * as z from 'zod';

/**
 * Reads the process's environment by its schema.
 * @throws Error naming every variable that is missing or malformed, never its value.
 */
export function readEnv<S extends z.ZodType>(schema: S): z.output<S> {
  const parsed = schema.safeParse(process.env);
  if (parsed.success) return parsed.data;
  throw new Error(`environment: ${parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')}`);
}
