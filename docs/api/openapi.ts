import * as z from 'zod';
import { type Access, decide } from '../../domain/access/policy.ts';
import { type ProblemCode, ProblemDocument, problems } from '../../domain/api/problems.ts';
import { nothing, type Route, type Routes } from '../../domain/api/route.ts';

type Json = Readonly<Record<string, unknown>>;

/** OpenAPI 3.1's schemas are JSON Schema 2020-12, which is what zod writes. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, '~standard': __, ...json } = z.toJSONSchema(schema, { target: 'draft-2020-12', io }) as Json;
  return json;
}

/** The parameters that an object schema describes, each on its own. */
function parameters(place: 'path' | 'query', schema: z.ZodType | undefined): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as { properties?: Json; required?: string[] };
  return Object.entries(properties).map(([name, of]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: of,
  }));
}

const etag = { type: 'string', pattern: '^(\\*|"[1-9][0-9]{0,14}")$' };
const ifMatchHeader = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'The ETag of the version that was seen: if the resource has changed since, the answer is 412.',
  // An empty one is none.
  schema: { ...etag, pattern: etag.pattern.replace('^(', '^(|') },
};
const idempotencyKeyHeader = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A string of your choosing, in quotes, e.g. a UUID. The same request with the same key is carried out once, and answered alike for a day.',
  schema: { type: 'string', pattern: '^"[ !#-\\[\\]-~]{1,255}"$' },
};
const etagHeader = { ETag: { description: 'The version of the resource.', schema: etag } };

/** What any call of a route may be refused with, besides what the route itself names. */
function usualProblems(route: Route): ProblemCode[] {
  const needsCaller = decide(route.access, undefined, undefined) === 'unauthenticated';
  // Whoever shows credentials is told first that they have lapsed, if there is nothing for anybody to see.
  const mayBeHidden = route.problems.some((code) => problems[code].status === 404);
  return [
    ...(route.idempotency ? (['request-in-progress', 'idempotency-key-reused'] as const) : []),
    ...(route.params || route.query || route.body || route.precondition || route.idempotency
      ? (['invalid-request'] as const)
      : []),
    ...(route.body ? (['body-too-large', 'body-not-json'] as const) : []),
    ...(needsCaller || mayBeHidden ? (['unauthenticated', 'session-ended', 'suspended'] as const) : []),
    ...(route.access.kind === 'role' ? (['forbidden'] as const) : []),
    ...(route.method === 'GET' ? [] : (['csrf-refused'] as const)),
    // A parameter with a slash or a hash in it makes another address: the gateway decodes paths.
    ...(route.params ? (['route-not-found'] as const) : []),
    'origin-refused',
    'too-many-requests',
    'internal',
    'unavailable',
  ];
}

/** All that a call of the route may be refused with. */
export const problemsOf = (route: Route): Set<ProblemCode> => new Set([...usualProblems(route), ...route.problems]);

/** Problems by status: one response each, named by the codes that its document may have. */
function problemsByStatus(route: Route): Map<number, ProblemCode[]> {
  const byStatus = Map.groupBy(problemsOf(route), (code) => problems[code].status as number);
  return new Map([...byStatus].map(([status, codes]) => [status, codes.sort()]));
}

const responseName = (codes: readonly ProblemCode[]) => codes.join('.');

function problemResponse(codes: readonly ProblemCode[]): Json {
  const schema = { allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: codes } } }] };
  const description = codes.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' ');
  return { description, content: { 'application/problem+json': { schema } } };
}

function successResponse({ answer: { status, body }, precondition }: Route): Json {
  if (body === nothing) return { description: 'Done' };
  return {
    description: status === 201 ? 'Made' : 'The answer',
    ...(precondition && { headers: etagHeader }),
    content: { 'application/json': { schema: jsonSchema(body, 'output') } },
  };
}

/** Either credential will do; on a route open to anyone, none will too. */
function security({ kind }: Access): Json[] {
  const either = [{ bearer: [] }, { cookie: [] }];
  return kind === 'anyone' ? [{}, ...either] : either;
}

function accessSentence(access: Access): string {
  if (access.kind === 'anyone') return 'Open to anyone.';
  if (access.kind === 'signedIn') return 'For whoever is signed in.';
  if (access.kind === 'role') return `For these roles: ${access.anyOf.join(', ')}.`;
  const others = access.orRoles.length > 0 ? `, and these roles: ${access.orRoles.join(', ')}` : '';
  return `For the owner of the ${access.of === 'keptVideo' ? 'video' : access.of}${others}.`;
}

function operation(service: string, name: string, route: Route): Json {
  const refusals = [...problemsByStatus(route)];
  const given = [
    ...parameters('path', route.params),
    ...parameters('query', route.query),
    ...(route.precondition && route.method !== 'GET' ? [ifMatchHeader] : []),
    ...(route.idempotency ? [idempotencyKeyHeader] : []),
  ];
  return {
    operationId: name,
    tags: [service],
    summary: route.summary,
    description: accessSentence(route.access),
    security: security(route.access),
    ...(given.length > 0 && { parameters: given }),
    ...(route.body && {
      requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(route.body, 'input') } } },
    }),
    responses: {
      [route.answer.status]: successResponse(route),
      ...Object.fromEntries(
        refusals.map(([status, codes]) => [status, { $ref: `#/components/responses/${responseName(codes)}` }]),
      ),
    },
  };
}

/** The OpenAPI 3.1 document of all services' routes. */
export function openApi(registry: Readonly<Record<string, Routes>>): Json {
  const paths: Record<string, Record<string, Json>> = {};
  const responses: Record<string, Json> = {};
  for (const [service, routes] of Object.entries(registry)) {
    for (const [name, route] of Object.entries(routes)) {
      paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(service, name, route) };
      for (const codes of problemsByStatus(route).values()) responses[responseName(codes)] = problemResponse(codes);
    }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Sluice',
      version: '1',
      description:
        'Upload, processing and playback of videos. Errors are problem documents (RFC 9457) with a stable `code`.',
    },
    servers: [{ url: '/api' }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(ProblemDocument, 'output') },
      responses,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'The access token of a session of kind `api`.',
        },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-sluice-access',
          description:
            'The cookie of a session of kind `browser`; on a site without https `sluice-access`. Writes must come from the site itself.',
        },
      },
    },
  };
}
