import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { urlOf } from '../../client/client.ts';
import { registry } from '../../client/registry.ts';
import { windowAt } from '../../domain/api/limits.ts';
import { localCloud } from '../commands/local-cloud.ts';
import { newCreator } from '../commands/people.ts';
import { dynamo, itemsOfTable, tableNamed } from '../commands/tables.ts';
import { newViewer } from '../commands/viewers.ts';

const { answerChallenge } = registry.auth;
const { createUpload } = registry.upload;

/** Waits until no window of this many seconds ends within the next few. */
async function earlyInWindow(limit: { requests: number; perSeconds: number }, seconds: number): Promise<void> {
  const left = windowAt(limit, Date.now()).endsAt - Date.now();
  if (left < seconds * 1000) await new Promise((resolve) => setTimeout(resolve, left + 50));
}

/** Makes somebody who has asked once have asked so often more: instead of asking until the window ends. */
async function hasAsked(userId: string, more: number): Promise<void> {
  const [counter, ...others] = (await itemsOfTable('Limits')).filter(({ key }) => String(key).includes(userId));
  if (counter === undefined || others.length > 0) throw new Error(`one counter is due, and not ${1 + others.length}`);
  await dynamo().send(
    new UpdateCommand({
      TableName: await tableNamed('Limits'),
      Key: { key: counter['key'] },
      UpdateExpression: 'ADD requests :more',
      ExpressionAttributeValues: { ':more': more },
    }),
  );
}

const post = (viewer: typeof fetch, body: unknown, headers: Record<string, string> = {}) =>
  viewer(urlOf(localCloud().site, answerChallenge, {}), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

it('an address may guess so often and no more, however many requests it sends at once', async () => {
  const limit = answerChallenge.limits.perAddress;
  const guess = { challenge: 'a guess', code: '123456' };
  const viewer = newViewer();
  // Functions start cold, and many at once slowly; that is no part of this.
  await Promise.all(Array.from({ length: 50 }, () => post(newViewer(), guess)));
  await earlyInWindow(limit, 30);
  const rounds = [50, 50, 20];
  const answers: Response[] = [];
  for (const parallel of rounds)
    answers.push(...(await Promise.all(Array.from({ length: parallel }, () => post(viewer, guess)))));

  const through = answers.filter(({ status }) => status === 401);
  const refused = answers.filter(({ status }) => status === 429);
  expect([through.length, refused.length]).toEqual([limit.requests, 20]);
  for (const { headers } of answers) expect(headers.get('ratelimit-policy')).toBe('"address";q=100;w=300');
  const remaining = through.map(({ headers }) => Number(/r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]));
  expect(remaining.toSorted((a, b) => a - b)).toEqual(Array.from({ length: limit.requests }, (_, i) => i));
  const [last] = refused;
  const resetSeconds = Number(/t=(\d+)/.exec(last?.headers.get('ratelimit') ?? '')?.[1]);
  expect(Number(last?.headers.get('retry-after'))).toBe(resetSeconds);
  expect(await last?.json()).toMatchObject({ code: 'too-many-requests', policies: ['address'] });

  // An address of one's own choosing does not help; another one does.
  const claimed = { 'x-sluice-viewer-address': '203.0.113.9', 'x-forwarded-for': '203.0.113.9' };
  expect((await post(viewer, guess, claimed)).status).toBe(429);
  expect((await post(newViewer(), guess)).status).toBe(401);
});

it('a person is counted as one from wherever they ask, and nobody else with them', async () => {
  const limit = createUpload.limits.perUser;
  const [person, other] = await Promise.all([newCreator(), newCreator()]);
  const ask = ({ token }: { token: string }) =>
    newViewer()(urlOf(localCloud().site, createUpload, {}), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ fileName: 'x.txt', contentType: 'text/plain', sizeBytes: 1 }),
    });
  await ask(other);
  await earlyInWindow(limit, 15);
  // What is counted is refused for its kind of file: nothing is made.
  expect((await ask(person)).status).toBe(415);
  const left = 20;
  await hasAsked(person.userId, limit.requests - 1 - left);
  const statuses: number[] = [];
  for (let round = 0; round < 4; round++)
    statuses.push(...(await Promise.all(Array.from({ length: 6 }, async () => (await ask(person)).status))));
  expect(statuses.filter((status) => status === 415)).toHaveLength(left);
  expect(statuses.filter((status) => status === 429)).toHaveLength(4);
  expect((await ask(other)).status).toBe(415);
});
