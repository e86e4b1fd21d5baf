import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Origin, OriginAnswer, OriginRequest } from '../../../../local/edge/origin.ts';
import { originGroup } from '../../../../local/edge/origin-group.ts';

const request: OriginRequest = { method: 'GET', path: '/media/v/1/360p/9.m4s', headers: { range: 'bytes=0-1' } };
const answers = (status: number, headers = {}): Origin & { asked: OriginRequest[] } => {
  const asked: OriginRequest[] = [];
  const origin = async (of: OriginRequest): Promise<OriginAnswer> => {
    asked.push(of);
    return { status, headers, cookies: [], body: Readable.from([]) };
  };
  return Object.assign(origin, { asked });
};

describe('two origins', () => {
  it.each([200, 206, 304, 416])('the first answers %i by itself', async (status) => {
    const [bucket, onDemand] = [answers(status), answers(404)];
    expect((await originGroup(bucket, onDemand)(request)).status).toBe(status);
    expect(onDemand.asked).toEqual([]);
  });

  it.each([403, 404, 500, 502, 503, 504])(
    'the second is asked where the first answers %i, and has the last word',
    async (status) => {
      const onDemand = answers(307, { location: request.path });
      const answer = await originGroup(answers(status), onDemand)(request);
      expect(answer).toMatchObject({ status: 307, headers: { location: request.path } });
      expect(onDemand.asked).toMatchObject([{ method: 'GET', path: request.path }]);
    },
  );

  it('the second is asked where the first is not to be reached', async () => {
    const down: Origin = async () => {
      throw new Error('ECONNREFUSED');
    };
    expect((await originGroup(down, answers(503))(request)).status).toBe(503);
  });
});
