import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { registry } from '../../../client/registry.ts';
import { openApi } from '../../../docs/api/openapi.ts';
import { problemsPage } from '../../../docs/api/problems.ts';
import { notFoundCode, problems } from '../../../domain/api/problems.ts';
import type { Route } from '../../../domain/api/route.ts';

const all: [name: string, route: Route][] = Object.values(registry).flatMap((routes) => Object.entries<Route>(routes));
const named = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const fields = (schema: z.ZodType | undefined) =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape).sort() : [];

const root = join(import.meta.dirname, '../../..');

describe('the registry of routes', () => {
  it("has every service's routes, by the name of its folder", async () => {
    const files = globSync('lambdas/*/routes.ts', { cwd: root });
    const services = await Promise.all(
      files.map(async (file) => [basename(dirname(file)), (await import(join(root, file))).routes] as const),
    );
    expect(Object.fromEntries(services)).toEqual(registry);
  });

  it.each(all)('%s says in one line what it does, like no other', (_, { summary }) => {
    expect(summary).toMatch(/^[A-Z].*[^.\s]$/);
    expect(all.filter(([, route]) => route.summary === summary)).toHaveLength(1);
  });

  it('has each name and each address once', () => {
    expect(new Set(all.map(([name]) => name)).size).toBe(all.length);
    expect(new Set(all.map(([, { method, path }]) => `${method} ${path}`)).size).toBe(all.length);
  });

  it.each(all)('%s parses exactly the parameters that its path names', (_, route) => {
    expect(fields(route.params)).toEqual(named(route.path));
  });

  it.each(all)(
    '%s names the resource it protects in its path or its query, and says when it is not found',
    (_, { access, path, query, problems }) => {
      if (access.kind !== 'owner') return;
      // A query that may leave it out would ask for what is nobody's.
      if (!named(path).includes(access.param)) {
        expect(fields(query)).toContain(access.param);
        expect(query?.safeParse({}).success).toBe(false);
      }
      expect(problems).toContain(notFoundCode[access.of]);
    },
  );

  it.each(all)('%s takes a body only where a method has one', (_, { method, body }) => {
    if (method === 'GET' || method === 'DELETE') expect(body).toBeUndefined();
  });
});

/** What is made twice by these is a URL that nobody has used. */
const madeTwiceForNothing: readonly string[] = ['signPicture'];

/** Calls that anybody may make and that are no writes, though their parameters take a body. */
const readsByPost: readonly string[] = ['license'];
/** Counting one would cost more than doing it (docs/decisions/0031). */
const uncounted: readonly string[] = ['savePosition'];

describe('what one caller may ask', () => {
  const writes = all.filter(([name, { method }]) => method !== 'GET' && ![...readsByPost, ...uncounted].includes(name));

  it.each(writes)('%s changes something, and is limited for each who does it', (_, { access, limits }) => {
    expect(access.kind === 'anyone' ? limits.perAddress : limits.perUser).toBeDefined();
  });

  it.each(all.filter(([name, { answer }]) => answer.status === 201 && !madeTwiceForNothing.includes(name)))(
    '%s makes something, and makes it once however often it is sent',
    (_, { idempotency }) => {
      expect(idempotency).toBe('key');
    },
  );

  it.each(all)('%s has limits that a person would meet only by a program', (_, { limits, throttle }) => {
    for (const { requests, perSeconds } of Object.values(limits)) {
      expect(requests).toBeGreaterThan(0);
      expect(perSeconds).toBeGreaterThan(0);
      // One caller alone cannot use up what there is for all.
      expect(requests / perSeconds).toBeLessThanOrEqual(throttle.ratePerSecond);
    }
    expect(throttle.burst).toBeGreaterThanOrEqual(throttle.ratePerSecond);
  });
});

describe('the page of problems', () => {
  const page = problemsPage(registry);

  it('is committed as it is generated (if not: node docs/api/generate.ts)', () => {
    expect(readFileSync(new URL('../../../docs/api/problems.md', import.meta.url), 'utf8')).toBe(page);
  });

  it('says of every problem what it is, what to do and where it may come from', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('| `'));
    const cells = rows.map((row) => row.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));
    expect(cells.map(([code]) => code)).toEqual(Object.keys(problems).map((code) => `\`${code}\``));
    for (const row of cells) expect(row.every((cell) => cell.trim() !== '')).toBe(true);
  });
});

describe('the OpenAPI document', () => {
  const document = JSON.parse(JSON.stringify(openApi(registry)));

  it('is committed as it is generated (if not: node docs/api/generate.ts)', () => {
    const committed = readFileSync(new URL('../../../docs/api/openapi.json', import.meta.url), 'utf8');
    expect(JSON.parse(committed)).toEqual(document);
  });

  it.each(all)('has an operation for %s with its answer, its problems and who may call it', (name, route) => {
    const operation = document.paths[route.path][route.method.toLowerCase()];
    expect(operation.operationId).toBe(name);
    expect(operation.responses[route.answer.status]).toBeDefined();
    const references = Object.values<{ $ref?: string }>(operation.responses).map(({ $ref }) => $ref?.split('/').at(-1));
    const codes = references.flatMap((reference) => reference?.split('.') ?? []);
    expect(codes).toEqual(expect.arrayContaining([...route.problems, 'internal']));
    if (route.access.kind !== 'anyone') expect(codes).toContain('unauthenticated');
    for (const reference of references) if (reference) expect(document.components.responses[reference]).toBeDefined();
  });
});
