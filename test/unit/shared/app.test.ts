import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { anyone, type Caller, owner, role, signedIn } from '../../../domain/access/policy.ts';
import { isProblem, ProblemDocument, problem } from '../../../domain/api/problems.ts';
import { nothing, type Routes, route } from '../../../domain/api/route.ts';
import { type UserId, VideoId } from '../../../domain/ids.ts';
import { Answer } from '../../../lambdas/shared/answers.ts';
import { type Border, httpApp } from '../../../lambdas/shared/app.ts';
import { type Count, limiter } from '../../../lambdas/shared/limits.ts';
import type { LogRequest } from '../../../lambdas/shared/log.ts';
import { sessionCookies } from '../../../lambdas/shared/session-cookies.ts';
import type { Identity } from '../../../lambdas/shared/verify.ts';

const ada = 'aaaaaaaa-0000-4000-8000-000000000001' as UserId;
const bob = 'bbbbbbbb-0000-4000-8000-000000000002' as UserId;
const adasVideo = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const site = 'https://video.example.com';
const throttle = { ratePerSecond: 1, burst: 1 };
const limits = {};
const limited = { perUser: { requests: 3, perSeconds: 60 }, perAddress: { requests: 5, perSeconds: 60 } };
const params = z.object({ videoId: VideoId });
const done = { status: 204, body: nothing } as const;

const routes = {
  open: route({
    method: 'GET',
    path: '/open/{videoId}',
    summary: '',
    access: anyone,
    throttle,
    limits,
    params,
    answer: { status: 200, body: z.object({ who: z.string() }) },
    problems: ['video-not-found'],
  }),
  mine: route({
    method: 'GET',
    path: '/mine',
    summary: '',
    access: signedIn,
    throttle,
    limits,
    query: z.object({ limit: z.coerce.number().max(9).default(5) }),
    answer: { status: 200, body: z.object({ limit: z.number() }) },
    problems: [],
  }),
  rule: route({
    method: 'POST',
    path: '/rule',
    summary: '',
    access: role('admin'),
    throttle,
    limits,
    answer: done,
    problems: [],
  }),
  rename: route({
    method: 'PATCH',
    path: '/videos/{videoId}',
    summary: '',
    access: owner('video', 'videoId'),
    throttle,
    limits: limited,
    params,
    body: z.strictObject({ title: z.string().min(1) }),
    precondition: 'version',
    answer: { status: 200, body: z.object({ title: z.string(), version: z.int() }) },
    problems: [],
  }),
  parts: route({
    method: 'GET',
    path: '/parts',
    summary: '',
    access: owner('video', 'videoId'),
    throttle,
    limits,
    query: z.object({ videoId: VideoId }),
    answer: done,
    problems: [],
  }),
  enter: route({
    method: 'POST',
    path: '/enter',
    summary: '',
    access: anyone,
    throttle,
    limits,
    body: z.strictObject({}),
    answer: done,
    problems: [],
  }),
  crash: route({
    method: 'GET',
    path: '/crash',
    summary: '',
    access: anyone,
    throttle,
    limits,
    answer: done,
    problems: [],
  }),
} satisfies Routes;

const caller: Caller = { userId: ada, sessionId: 's', roles: ['creator'], email: 'ada@example.com', name: 'Ada' };
const known: Identity = { kind: 'caller', caller };
const lapsed: Identity = { kind: 'refused', problem: problem('session-ended', 'The session has ended.') };

/** A service of the routes above behind a border at which the sender is `identity`. */
function service(identity: Identity = { kind: 'nobody' }, count: Count = async () => 1) {
  const log: Parameters<LogRequest>[] = [];
  let clock = 1000;
  const border: Border = {
    guard: async (sent) => sent === 'through-the-site',
    verify: async () => identity,
    checkLimits: limiter(count),
    keyedAnswers: { take: async () => undefined, keep: async () => {}, giveBack: async () => {} },
    siteOrigin: site,
    cookies: sessionCookies(site),
    log: (...line) => log.push(line),
    clock: () => (clock += 7),
  };
  const app = httpApp(
    routes,
    {
      handlers: {
        open: ({ caller, params }) =>
          caller
            ? { who: caller.email, secret: 'never sent' }
            : problem('video-not-found', `There is no ${params.videoId}.`),
        mine: ({ query }) => ({ limit: query.limit }),
        rule: () => undefined,
        rename: ({ body, ifMatch = 7 }) =>
          ifMatch === 7 ? { title: body.title, version: 8 } : problem('version-conflict', 'It has changed.'),
        parts: () => undefined,
        enter: () => new Answer(undefined, ['a=1; HttpOnly', 'b=2; HttpOnly']),
        crash: () => {
          throw new Error('the table is on fire: password=hunter2');
        },
      },
      owners: { video: async (id) => (VideoId.parse(id) === adasVideo ? ada : undefined) },
    },
    border,
  );
  const send = async (
    method: string,
    path: string,
    { headers = {}, body }: { headers?: Record<string, string>; body?: string } = {},
  ) => {
    const request = {
      method,
      headers: { 'x-sluice-origin': 'through-the-site', ...headers },
      ...(body !== undefined && { body }),
    };
    return app.request(`/api${path}`, request, { requestContext: { requestId: 'request-1' } });
  };
  return { send, log };
}

const json = (value: unknown, headers: Record<string, string> = {}) => ({
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});
const problemOf = async (answer: Response) => {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  return ProblemDocument.parse(await answer.json());
};

describe('a version', () => {
  const rename = async (header?: string) => {
    const headers = header === undefined ? {} : { 'if-match': header };
    return service(known).send('PATCH', `/videos/${adasVideo}`, json({ title: 'x' }, headers));
  };

  it('that somebody has seen is asked for by its ETag, and its successor is told', async () => {
    expect((await rename('"7"')).headers.get('etag')).toBe('"8"');
    expect((await problemOf(await rename('"6"'))).code).toBe('version-conflict');
    expect((await rename()).status).toBe(200);
    expect((await rename('*')).status).toBe(200);
  });

  it.each(['7', 'W/"7"', '"seven"', '"0"', '"7", "8"', ''])('is not asked for by %j', async (header) => {
    expect(await problemOf(await rename(header))).toMatchObject({ code: 'invalid-request', status: 400 });
  });
});

describe('an answer', () => {
  it('has only the fields that its route names', async () => {
    const answer = await service(known).send('GET', `/open/${adasVideo}`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ who: 'ada@example.com' });
  });

  it('is not cached, not sniffed, and carries the request id', async () => {
    const { headers } = await service(known).send('GET', '/mine');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-request-id')).toBe('request-1');
  });

  it('can set cookies and have no body', async () => {
    const answer = await service().send('POST', '/enter', json({}));
    expect(answer.status).toBe(204);
    expect(answer.headers.getSetCookie()).toEqual(['a=1; HttpOnly', 'b=2; HttpOnly']);
    expect(await answer.text()).toBe('');
  });
});

describe('a refusal', () => {
  it('is a problem document with code, status and request id', async () => {
    const answer = await service().send('GET', '/mine');
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    expect(await problemOf(answer)).toMatchObject({
      code: 'unauthenticated',
      status: 401,
      requestId: 'request-1',
      title: 'Sign in first',
    });
  });

  it('guards what a query names as what a path names, and tells whoever is signed in what is wrong with the query', async () => {
    const asked = async (identity: Identity, query: string) => {
      const answer = await service(identity).send('GET', `/parts${query}`);
      return answer.status === 204 ? 'allowed' : (await problemOf(answer)).code;
    };
    const stranger: Identity = { kind: 'caller', caller: { ...caller, userId: bob } };
    expect(await asked(known, `?videoId=${adasVideo}`)).toBe('allowed');
    expect(await asked(stranger, `?videoId=${adasVideo}`)).toBe('video-not-found');
    expect(await asked(known, `?videoId=${adasVideo.replace('V', 'W')}`)).toBe('video-not-found');
    for (const query of ['', '?videoId=x', '?videoid=1']) {
      expect(await asked(known, query)).toBe('invalid-request');
      expect(await asked({ kind: 'nobody' }, query)).toBe('unauthenticated');
    }
  });

  it('comes for everything that did not pass the distribution', async () => {
    const answer = await service(known).send('GET', '/mine', { headers: { 'x-sluice-origin': 'guess' } });
    expect((await problemOf(answer)).code).toBe('origin-refused');
  });

  it('comes for an unknown address and an unknown method', async () => {
    expect((await problemOf(await service(known).send('GET', '/nowhere'))).code).toBe('route-not-found');
    expect((await problemOf(await service(known).send('DELETE', '/mine'))).code).toBe('route-not-found');
  });

  it('comes for a role that is not held, and for what is not the caller’s as for what is not there', async () => {
    expect((await problemOf(await service(known).send('POST', '/rule'))).code).toBe('forbidden');
    const stranger = service({ kind: 'caller', caller: { ...caller, userId: bob } });
    const hidden = await problemOf(await stranger.send('PATCH', `/videos/${adasVideo}`, json({ title: 'x' })));
    const absent = await problemOf(
      await stranger.send('PATCH', '/videos/01ARZ3NDEKTSV4RRFFQ69G5FAW', json({ title: 'x' })),
    );
    expect(hidden).toEqual(absent);
    expect(hidden.code).toBe('video-not-found');
  });

  it('says first that credentials have lapsed where something was not found without them', async () => {
    expect((await problemOf(await service(lapsed).send('GET', `/open/${adasVideo}`))).code).toBe('session-ended');
    expect((await problemOf(await service().send('GET', `/open/${adasVideo}`))).code).toBe('video-not-found');
    expect((await problemOf(await service(lapsed).send('GET', '/mine'))).code).toBe('session-ended');
    expect((await service(lapsed).send('POST', '/enter', json({}))).status).toBe(204);
  });
});

describe('a malformed request', () => {
  const { send } = service(known);

  it('names each field that is wrong and where it was', async () => {
    const bad = await problemOf(await send('PATCH', `/videos/${adasVideo}`, json({ title: '', colour: 'red' })));
    expect(bad.code).toBe('invalid-request');
    expect(bad['errors']).toEqual([
      { in: 'body', path: 'title', message: expect.any(String) },
      { in: 'body', path: '', message: expect.stringContaining('colour') },
    ]);
    expect((await problemOf(await send('GET', '/mine?limit=10')))['errors']).toMatchObject([
      { in: 'query', path: 'limit' },
    ]);
    expect((await problemOf(await send('PATCH', '/videos/nonsense', json({}))))['errors']).toMatchObject([
      { in: 'params', path: 'videoId' },
    ]);
  });

  it('is refused when it is not JSON or does not say so', async () => {
    const path = `/videos/${adasVideo}`;
    const broken = { headers: { 'content-type': 'application/json' }, body: '{"title":' };
    expect((await problemOf(await send('PATCH', path, broken))).code).toBe('invalid-request');
    const form = { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'title=x' };
    expect((await problemOf(await send('PATCH', path, form))).code).toBe('body-not-json');
    expect((await problemOf(await send('PATCH', path))).code).toBe('body-not-json');
    const utf8 = json({ title: 'ü' }, { 'content-type': 'application/json; charset=utf-8' });
    expect(await (await send('PATCH', path, utf8)).json()).toMatchObject({ title: 'ü' });
  });

  it('is refused when it has half a surrogate pair, and not when it has both', async () => {
    const path = `/videos/${adasVideo}`;
    const escaped = (body: string) => ({ headers: { 'content-type': 'application/json' }, body });
    const [inAValue, inAName] = [escaped('{"title":"a\\ud800b"}'), escaped('{"title":"a","\\uDC00":1}')];
    expect((await problemOf(await send('PATCH', path, inAValue))).code).toBe('invalid-request');
    expect((await problemOf(await send('PATCH', path, inAName))).code).toBe('invalid-request');
    expect(await (await send('PATCH', path, escaped('{"title":"\\ud83d\\udca9"}'))).json()).toMatchObject({
      title: '💩',
    });
  });

  it.each(['1', String.raw`"\ud83d\ude00"`])(
    'is refused, and no fault, when it is nested deep, around %s',
    async (inner) => {
      const body = `${'['.repeat(100_000)}${inner}${']'.repeat(100_000)}`;
      const answer = await service(known).send('PATCH', `/videos/${adasVideo}`, { ...json({}), body });
      expect((await problemOf(answer)).code).toBe('invalid-request');
    },
  );

  it('is refused when it is too large, before it is parsed', async () => {
    const answer = await send('PATCH', `/videos/${adasVideo}`, json({ title: 'x'.repeat(1024 * 1024) }));
    expect(answer.status).toBe(413);
    expect((await problemOf(answer)).code).toBe('body-too-large');
  });
});

describe('a forged request', () => {
  const cookies = { cookie: '__Host-sluice-access=t' };

  it('is refused if it writes with a cookie from another site', async () => {
    const { send } = service(known);
    const from = (origin: string) =>
      send('PATCH', `/videos/${adasVideo}`, json({ title: 'x' }, { ...cookies, origin }));
    expect((await problemOf(await from('https://evil.example'))).code).toBe('csrf-refused');
    expect((await from(site)).status).toBe(200);
  });

  it('is refused with the refresh cookie alone', async () => {
    const answer = await service().send('POST', '/enter', json({}, { cookie: '__Secure-sluice-refresh=t' }));
    expect((await problemOf(answer)).code).toBe('csrf-refused');
  });
});

describe('a limited route', () => {
  const viewer = { 'x-sluice-viewer-address': '203.0.113.9' };
  const path = `/videos/${adasVideo}`;
  const counting = () => {
    const counted: string[] = [];
    const count: Count = async (key) => {
      counted.push(key.replace(/#\d+$/, ''));
      return counted.filter((other) => other === counted.at(-1)).length;
    };
    return { counted, count };
  };

  it('counts its caller and their address, and tells where they stand', async () => {
    const { counted, count } = counting();
    const { send } = service(known, count);
    const answer = await send('PATCH', path, json({ title: 'x' }, viewer));
    expect(counted).toEqual([`limit#rename#user#${ada}`, 'limit#rename#address#203.0.113.9']);
    expect(answer.headers.get('ratelimit-policy')).toBe('"user";q=3;w=60, "address";q=5;w=60');
    expect(answer.headers.get('ratelimit')).toBe('"user";r=2;t=59, "address";r=4;t=59');
  });

  it('refuses what is over a limit, says when it may be tried again, and counts no more of that window', async () => {
    const { counted, count } = counting();
    const { send } = service(known, count);
    for (let i = 0; i < 3; i++) expect((await send('PATCH', path, json({ title: 'x' }, viewer))).status).toBe(200);
    for (let i = 0; i < 4; i++) {
      const answer = await send('PATCH', path, json({ title: 'x' }, viewer));
      expect(answer.status).toBe(429);
      expect(answer.headers.get('retry-after')).toBe('59');
      expect(answer.headers.get('ratelimit')).toContain('"user";r=0;t=59');
      expect(await problemOf(answer)).toMatchObject({ code: 'too-many-requests', retryAfterSeconds: 59 });
    }
    expect(counted.filter((key) => key.includes('#user#'))).toHaveLength(4);
  });

  it('counts nothing that is refused before', async () => {
    const { counted, count } = counting();
    const stranger: Identity = { kind: 'caller', caller: { ...caller, userId: bob } };
    const refused = [
      await service(known, count).send('PATCH', path, json({ title: '' }, viewer)),
      await service(stranger, count).send('PATCH', path, json({ title: 'x' }, viewer)),
      await service(lapsed, count).send('PATCH', path, json({ title: 'x' }, viewer)),
    ];
    expect(refused.map(({ status }) => status)).toEqual([400, 404, 401]);
    expect(refused.every(({ headers }) => headers.has('ratelimit-policy') && !headers.has('ratelimit'))).toBe(true);
    expect(counted).toEqual([]);
  });

  it('lets everybody through while nobody can be counted, and the log says so', async () => {
    const { send, log } = service(known, () => Promise.reject(new Error('the table is away')));
    const answer = await send('PATCH', path, json({ title: 'x' }, viewer));
    expect([answer.status, answer.headers.has('ratelimit')]).toEqual([200, false]);
    expect(log[0]?.[0]).toMatchObject({ status: 200, limitsUnknown: 'Error: the table is away' });
  });
});

describe('the log', () => {
  it('has one line a request: route, status, time, request id, video id', async () => {
    const { send, log } = service(known);
    await send('PATCH', `/videos/${adasVideo}`, json({ title: 'x' }));
    expect(log).toEqual([
      [{ requestId: 'request-1', route: 'rename', method: 'PATCH', status: 200, ms: 7, videoId: adasVideo }, undefined],
    ]);
  });

  it('names the problem of a refusal', async () => {
    const { send, log } = service();
    await send('GET', '/mine');
    await send('GET', '/mine', { headers: { 'x-sluice-origin': 'guess' } });
    expect(log.map(([{ status, problem }]) => [status, problem])).toEqual([
      [401, 'unauthenticated'],
      [403, 'origin-refused'],
    ]);
  });

  it('has what went wrong on our side once, while the answer tells nothing of it', async () => {
    const { send, log } = service();
    const answer = await send('GET', '/crash');
    expect(answer.status).toBe(500);
    expect(JSON.stringify(await problemOf(answer))).not.toContain('fire');
    expect(answer.headers.get('x-request-id')).toBe('request-1');
    expect(log).toHaveLength(1);
    expect(log[0]?.[1]?.message).toContain('on fire');
    expect(log[0]?.[0]).toMatchObject({ route: 'crash', status: 500, problem: 'internal' });
  });
});

it('keeps problems apart from other values', () => {
  expect(isProblem(problem('internal', ''))).toBe(true);
  expect(isProblem({ code: 'internal', detail: '', extra: {} })).toBe(false);
});
