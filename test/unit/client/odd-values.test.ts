import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { registry } from '../../../client/registry.ts';
import type { Route } from '../../../domain/api/route.ts';
import { parsePart } from '../../../lambdas/shared/parse.ts';
import { oneOf } from '../../commands/json-schema.ts';
import { oddBodies, oddParameters, textsOf } from '../../commands/odd-values.ts';

const all: [name: string, route: Route][] = Object.values(registry).flatMap((routes) => Object.entries<Route>(routes));
const seed = 5;
/** A schema that takes more of the processor than this for one value can be used to hold up everybody else. */
const slowMs = 500;

describe('odd values', () => {
  it('are of other kinds, at the edges and beyond, unknown, missing, and of the prototype', () => {
    const schema = z.strictObject({ name: z.string().min(2).max(5), parts: z.array(z.int().min(1)).max(2) });
    const values = oddBodies(schema, seed);
    const texts = values.map((value) => JSON.stringify(value));
    const has = (pattern: RegExp) => expect(texts.some((text) => pattern.test(text))).toBe(true);
    has(/"name":null/);
    has(/"name":"x"[,}]/);
    has(/"name":"xxxxx"/);
    has(/"name":"xxxxxx"/);
    has(/"parts":\[0\]/);
    has(/"parts":\[\d+,\d+,\d+\]/);
    has(/"unknown":"field"/);
    has(/"__proto__":\{"isAdmin":true\}/);
    has(/^\{"parts":\[[\d,]*\]\}$/);
    expect(values.filter((value) => schema.safeParse(value).success).length).toBeGreaterThan(3);
    expect(values.filter((value) => !schema.safeParse(value).success).length).toBeGreaterThan(50);
  });
});

describe.each(all)('%s', (_, route) => {
  it('has parts of which an example can be made', () => {
    for (const schema of [route.params, route.query, route.body]) if (schema) oneOf(schema, seed);
  });

  it('takes odd values or says what is wrong with them, and soon', () => {
    const parameters = (schema: z.ZodType) => {
      const good = textsOf(oneOf(schema, seed));
      return oddParameters(schema).map((odd) => ({ ...good, ...odd }));
    };
    const tried = [
      ...(route.body ? oddBodies(route.body, seed).map((value) => ['body', route.body, value] as const) : []),
      ...(route.params ? parameters(route.params).map((value) => ['params', route.params, value] as const) : []),
      ...(route.query ? parameters(route.query).map((value) => ['query', route.query, value] as const) : []),
    ];
    for (const [part, schema, value] of tried) {
      // Of this thread alone: others collect garbage whenever they like.
      const before = process.threadCpuUsage();
      const parsed = parsePart(part, schema, value);
      expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(slowMs);
      if (!parsed.ok)
        expect(parsed.problem).toMatchObject({ code: 'invalid-request', extra: { errors: expect.any(Array) } });
    }
  });
});
