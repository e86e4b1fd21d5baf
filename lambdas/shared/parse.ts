import type { HonoRequest } from 'hono';
import type * as z from 'zod';
import { type Problem, problem } from '../../domain/api/problems.ts';

/** The largest body taken, in bytes: the checksums of 10,000 parts are half of it. */
export const maxBodyBytes = 1024 * 1024;

type Part = 'params' | 'query' | 'body';
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** Parses one part of a request; what is wrong comes back as `errors`, each with the path of its field. */
export function parsePart<S extends z.ZodType>(
  part: Part,
  schema: S | undefined,
  value: unknown,
): Parsed<z.output<S> | undefined> {
  if (schema === undefined) return { ok: true, value: undefined };
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const errors = parsed.error.issues.map(({ path, message }) => ({ in: part, path: path.join('.'), message }));
  const first = errors[0];
  const where = first?.path ? `${first.path}: ` : '';
  return { ok: false, problem: problem('invalid-request', `${where}${first?.message ?? 'invalid'}`, { errors }) };
}

/** Parses the body, which must be JSON and say so: a form of another site cannot send that without being asked first. */
export async function parseBody<S extends z.ZodType>(
  schema: S | undefined,
  request: HonoRequest,
): Promise<Parsed<z.output<S> | undefined>> {
  if (schema === undefined) return { ok: true, value: undefined };
  const type = request.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    return { ok: false, problem: problem('body-not-json', `The content type is ${type ? `"${type}"` : 'missing'}.`) };
  }
  const text = await request.text();
  try {
    return parsePart('body', schema, parseJson(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const errors = [{ in: 'body', path: '', message: 'is not JSON' }];
    return { ok: false, problem: problem('invalid-request', 'The body is not JSON.', { errors }) };
  }
}

/** @throws SyntaxError also for half a surrogate pair, which JSON can escape (RFC 8259, section 8.2) and nothing can keep. */
function parseJson(text: string): unknown {
  if (!/\\u[dD][89a-fA-F]/.test(text)) return JSON.parse(text);
  try {
    return JSON.parse(text, (name, value: unknown) => {
      if (name.isWellFormed() && (typeof value !== 'string' || value.isWellFormed())) return value;
      throw new SyntaxError('half a surrogate pair');
    });
  } catch (error) {
    // To look at each value takes the stack, which a document may be too deep for.
    throw error instanceof RangeError ? new SyntaxError('nested too deep') : error;
  }
}
