import { describe, expect, it } from 'vitest';
import { ApiError, sluiceClient } from '../../../client/client.ts';

const videoId = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const userId = 'aaaaaaaa-0000-4000-8000-000000000001';

/** A client of a server that gives one answer, and what it was asked. */
function answering(answer: () => Response, headers?: Record<string, string>) {
  const asked: { url: string; init: RequestInit }[] = [];
  const client = sluiceClient({
    baseUrl: 'https://video.example.com/',
    ...(headers && { headers }),
    fetch: async (url, init) => {
      asked.push({ url: String(url), init: init ?? {} });
      init?.signal?.throwIfAborted();
      return answer();
    },
  });
  return { client, asked };
}

const thrown = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a call', () => {
  it('puts parameters, query and body where the route has them', async () => {
    const { client, asked } = answering(() => Response.json({ videos: [], cursor: null }));
    await client.content.listCreatorVideos({ query: { limit: 10, cursor: 'a&b' } });
    await client.content.listCreatorVideos();
    expect(asked.map(({ url }) => url)).toEqual([
      'https://video.example.com/api/creator/videos?limit=10&cursor=a%26b',
      'https://video.example.com/api/creator/videos',
    ]);
    expect(asked[0]?.init).toMatchObject({ method: 'GET' });
    expect(asked[0]?.init.body).toBeUndefined();

    const register = answering(() => Response.json({ userId }, { status: 202 }));
    const body = { email: 'a@example.com', password: 'p', name: 'A' };
    expect(await register.client.auth.register({ body })).toEqual({ userId });
    const sent = new Headers(register.asked[0]?.init.headers);
    expect([register.asked[0]?.init.body, sent.get('content-type')]).toEqual([
      JSON.stringify(body),
      'application/json',
    ]);
  });

  it('cannot be led to another address by a parameter', async () => {
    const { client, asked } = answering(() => new Response(null, { status: 500 }));
    await thrown(client.streaming.playback({ params: { videoId: '../../admin?x=#' } }));
    expect(asked[0]?.url).toBe('https://video.example.com/api/videos/..%2F..%2Fadmin%3Fx%3D%23/playback');
  });

  it('carries the given headers', async () => {
    const { client, asked } = answering(() => new Response(null, { status: 204 }), { authorization: 'Bearer t' });
    expect(await client.auth.logout()).toBeUndefined();
    expect(new Headers(asked[0]?.init.headers).get('authorization')).toBe('Bearer t');
  });

  it('sends an object even if everything in it may be left out', async () => {
    const { client, asked } = answering(() =>
      Response.json({ accessToken: null, refreshToken: null, expiresInSeconds: 1 }),
    );
    await client.auth.refreshToken();
    expect(asked[0]?.init.body).toBe('{}');
  });

  it('can be given up', async () => {
    const { client } = answering(() => new Response(null, { status: 204 }));
    expect(await thrown(client.auth.logout({ signal: AbortSignal.abort() }))).toMatchObject({ name: 'AbortError' });
  });
});

describe('an answer', () => {
  it('that is not as its route says is not passed on', async () => {
    const { client } = answering(() => Response.json({ userId: 'me', email: 1 }));
    expect(await thrown(client.auth.me())).toMatchObject({ name: expect.stringContaining('ZodError') });
  });

  it('that is a problem is thrown with all that it says', async () => {
    const document = {
      type: 't',
      title: 'Parts have not arrived',
      status: 400,
      code: 'parts-missing',
      detail: '2 parts',
      requestId: 'r',
      parts: [3, 7],
    };
    const { client } = answering(() => Response.json(document, { status: 400 }));
    const error = await thrown(
      client.upload.completeUpload({ params: { uploadId: videoId }, body: { checksums: [] } }),
    );
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 400, problem: document });
  });

  it('of something before the services is a problem too', async () => {
    const codes: string[] = [];
    for (const status of [403, 404, 429, 502, 504]) {
      const { client } = answering(() => new Response('<html>', { status }));
      const error = await thrown(client.auth.me());
      if (!(error instanceof ApiError)) throw error;
      expect(error.status).toBe(status);
      codes.push(error.problem.code);
    }
    expect(codes).toEqual(['forbidden', 'route-not-found', 'too-many-requests', 'unavailable', 'unavailable']);
  });
});
