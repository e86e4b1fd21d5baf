import { AdminGetUserCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Role } from '../../domain/access/roles.ts';
import type { Handle } from '../../domain/people/handle.ts';
import { refusalOf } from '../commands/calls.ts';
import { testCard, withSegment } from '../commands/jpeg.ts';
import { leftLongAgo } from '../commands/leaving.ts';
import { awsConfig, localCloud } from '../commands/local-cloud.ts';
import { newPerson, newVisitor, type Person, signedIn } from '../commands/people.ts';
import { callErasure, callRemoval } from '../commands/rules.ts';
import { soon } from '../commands/soon.ts';
import { placesNaming } from '../commands/stores.ts';
import { beginUpload } from '../commands/uploads.ts';

let ada: Person;
let ben: Person;
let admin: Person;

beforeAll(async () => {
  [ada, ben, admin] = await Promise.all([newPerson(), newPerson(), newPerson({ roles: ['admin'] })]);
});

const codeOf = async (call: Promise<unknown>) => (await refusalOf(call)).code;
const channelOf = (channel: string) => newVisitor().people.getChannel({ params: { channel: channel as Handle } });
/** One that nobody has. */
const freshHandle = (name: string) => `${name}-${ada.userId.slice(0, 8)}`;

describe('a channel', () => {
  it('is made when it is first looked for, by its owner or by anybody', async () => {
    const found = await channelOf(ada.userId);
    expect(found).toMatchObject({ name: 'Test Creator', description: '', picture: null });
    expect(found.handle).toMatch(/^test-creator-[a-z0-9]{5}$/);
    expect(await ada.client.people.getMyChannel()).toMatchObject({ handle: found.handle, version: 1 });
    expect(await channelOf(found.handle)).toEqual(found);
  });

  it('is changed only as it was seen', async () => {
    const { updateMyChannel } = ada.client.people;
    const body = { name: 'Ada', description: 'Engines' };
    expect(await updateMyChannel({ body, ifMatch: 1 })).toMatchObject({ ...body, version: 2 });
    expect(await codeOf(updateMyChannel({ body: { name: 'Eve' }, ifMatch: 1 }))).toBe('version-conflict');
    expect((await channelOf(ada.userId)).name).toBe('Ada');
  });

  it('has a handle that only one gets, however many want it at once', async () => {
    const handle = freshHandle('wanted');
    const people = [ada, ben, admin];
    const outcomes = await Promise.allSettled(
      people.map(({ client }) => client.people.updateMyChannel({ body: { handle: handle.toUpperCase() } })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const winner = people[outcomes.findIndex(({ status }) => status === 'fulfilled')];
    expect((await channelOf(handle)).userId).toBe(winner?.userId);
    expect(await codeOf(ada.client.people.updateMyChannel({ body: { handle: 'admin' } }))).toBe('handle-taken');
  });

  it('is still found by a handle that it had, which is nobody else’s', async () => {
    const [before, after] = [freshHandle('before'), freshHandle('after')];
    const { updateMyChannel } = ben.client.people;
    await updateMyChannel({ body: { handle: before } });
    const changed = await updateMyChannel({ body: { handle: after } });
    expect(changed.formerHandles.map(({ handle }) => handle)).toContain(before);
    expect(await channelOf(before)).toMatchObject({ userId: ben.userId, handle: after });
    expect(await codeOf(ada.client.people.updateMyChannel({ body: { handle: before } }))).toBe('handle-taken');
    expect((await updateMyChannel({ body: { handle: before } })).handle).toBe(before);
  });

  it('has a picture, of which nothing is shown but the picture', async () => {
    const jpeg = withSegment(await testCard(128), 0xfe, 'taken at home').toString('base64');
    const { picture } = await ada.client.people.putMyPicture({ body: { jpeg } });
    const shown = await fetch(localCloud().site + picture);
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect(Buffer.from(await shown.arrayBuffer()).toString('latin1')).not.toContain('taken at home');
    const { people } = await newVisitor().people.listFaces({ query: { ids: `${ada.userId},${ben.userId}` } });
    expect(people.map(({ name, picture: face }) => [name, face])).toEqual([
      ['Ada', picture],
      ['Test Creator', null],
    ]);
    const text = Buffer.from('<svg/>').toString('base64');
    expect(await codeOf(ada.client.people.putMyPicture({ body: { jpeg: text } }))).toBe('picture-invalid');
    expect((await ada.client.people.deleteMyPicture()).picture).toBeNull();
    expect(await placesNaming(`media/channels/${ada.userId}`)).toEqual([]);
  });
});

describe('admins', () => {
  const users = () => admin.client.people;
  const params = () => ({ params: { userId: ben.userId } });

  it('find people by address, name and handle, page by page', async () => {
    const [by, handle] = [await users().getUser(params()), (await channelOf(ben.userId)).handle];
    const found = async (query: Parameters<ReturnType<typeof users>['listUsers']>[0]) =>
      (await users().listUsers(query)).users.map(({ userId }) => userId);
    expect(await found({ query: { query: ben.email.slice(0, 20).toUpperCase() } })).toEqual([ben.userId]);
    expect(await found({ query: { query: handle, by: 'handle' } })).toEqual([ben.userId]);
    expect(await found({ query: { query: 'no such handle', by: 'handle' } })).toEqual([]);
    await ben.client.people.updateMe({ body: { name: `Benoît ${ben.userId}` } });
    expect(await soon(() => found({ query: { query: `BENOÎT ${ben.userId}`, by: 'name' } }))).toEqual([ben.userId]);
    expect(by).toMatchObject({ email: ben.email, handle, status: 'active' });

    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await users().listUsers({ query: { limit: 2, ...(cursor ? { cursor } : {}) } });
      seen.push(...page.users.map(({ userId }) => userId));
      cursor = page.cursor;
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining([ada.userId, ben.userId, admin.userId]));
    expect(await codeOf(users().listUsers({ query: { cursor: 'W10' } }))).toBe('invalid-request');
    expect(await found({ query: { role: 'admin', query: admin.email } })).toEqual([admin.userId]);
  });

  it('shut a person out from the next request on, and let them in again', async () => {
    const suspended = await users().suspendUser({ ...params(), body: { reason: 'spam' } });
    expect(suspended).toMatchObject({ status: 'suspended', suspendedBecause: 'spam' });
    expect(await codeOf(ben.client.auth.me())).toBe('session-ended');
    expect(await codeOf(signedIn(ben))).toBe('suspended');
    expect(await codeOf(channelOf(ben.userId))).toBe('channel-not-found');
    const listed = await soon(async () => {
      const { users: some } = await users().listUsers({ query: { status: 'suspended', query: ben.email } });
      expect(some).toHaveLength(1);
      return some;
    });
    expect(listed[0]?.userId).toBe(ben.userId);
    await users().restoreUser({ ...params(), body: {} });
    ben = await signedIn(ben);
    expect((await ben.client.auth.me()).userId).toBe(ben.userId);
  });

  it('give and take roles, which count from the next request on', async () => {
    expect(await codeOf(ben.client.people.listUsers())).toBe('forbidden');
    const { version } = await users().getUser(params());
    const roles: Role[] = ['viewer', 'creator', 'admin'];
    await users().setRoles({ ...params(), body: { roles }, ifMatch: version });
    expect((await ben.client.people.listAudit({ query: { userId: ben.userId } })).entries[0]).toMatchObject({
      act: 'roles-changed',
      actor: { email: admin.email },
      subject: { email: ben.email },
      after: { roles: ['admin', 'creator', 'viewer'] },
    });
    expect(await codeOf(users().setRoles({ ...params(), body: { roles: [] }, ifMatch: version }))).toBe(
      'version-conflict',
    );
    await users().setRoles({ ...params(), body: { roles: ['viewer', 'creator'] } });
    expect(await codeOf(ben.client.people.listUsers())).toBe('forbidden');
  });

  it('that shut each other out at the same moment are not both gone', async () => {
    const [one, other] = await Promise.all([newPerson({ roles: ['admin'] }), newPerson({ roles: ['admin'] })]);
    const body = { reason: 'race' };
    const outcomes = await Promise.allSettled([
      one.client.people.suspendUser({ params: { userId: other.userId }, body }),
      other.client.people.suspendUser({ params: { userId: one.userId }, body }),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [left, out] = outcomes[0]?.status === 'fulfilled' ? [one, other] : [other, one];
    const { entries } = await left.client.people.listAudit({ query: { userId: out.userId } });
    expect(entries.filter(({ reason }) => reason === 'race')).toHaveLength(1);
  });
});

describe('a copy of their data', () => {
  it('is made for who asks, has what every store keeps, and no secrets', async () => {
    expect((await ada.client.people.getExport()).state).toBe('none');
    await beginUpload(ada.client, Buffer.from('a film'), { fileName: 'engines.mp4' });
    const asked = await ada.client.people.askExport({ body: {} });
    expect(asked).toMatchObject({ state: 'pending', url: null });
    const copy = await soon(async () => {
      const made = await ada.client.people.getExport();
      expect(made.state).toBe('ready');
      return made;
    });
    expect(copy.requestedAt).toBe(asked.requestedAt);
    const file = await fetch(copy.url ?? '');
    expect(file.headers.get('content-disposition')).toContain('attachment');
    const text = await file.text();
    for (const told of [ada.email, 'engines.mp4', 'Engines', 'session']) expect(text).toContain(told);
    for (const secret of ['refreshHash', 'cognitoToken', 'passwordProof']) expect(text).not.toContain(secret);
    expect((await ada.client.people.askExport({ body: {} })).requestedAt).toBe(asked.requestedAt);
  });
});

/** What names somebody, but for what counts their requests: the table itself removes that within two days. */
async function lasting(name: string): Promise<unknown[]> {
  const soonGone = z.object({ expiresAtSeconds: z.number().max(Date.now() / 1000 + 2 * 24 * 3600) });
  return (await placesNaming(name)).filter(({ what }) => !soonGone.safeParse(what).success);
}

describe('an account that is deleted', () => {
  const inPool = () =>
    new CognitoIdentityProviderClient(awsConfig()).send(
      new AdminGetUserCommand({ UserPoolId: localCloud().outputs.UserPoolId, Username: ben.email }),
    );

  it('is not without the password, nor with roles that others gave', async () => {
    const { deleteAccount } = ben.client.auth;
    expect(await codeOf(deleteAccount({ body: { password: 'Wrong-Horse-1' } }))).toBe('password-wrong');
    const { deleteAccount: leave } = admin.client.auth;
    expect(await codeOf(leave({ body: { password: admin.password } }))).toBe('roles-held');
  });

  it('is out at once, and in time nothing of it is left in any store', async () => {
    await ben.client.people.putMyPicture({ body: { jpeg: (await testCard(64)).toString('base64') } });
    await beginUpload(ben.client, Buffer.from('a film'), { fileName: 'ben.mp4' });
    await ben.client.people.askExport({ body: {} });
    await soon(async () => expect((await ben.client.people.getExport()).state).toBe('ready'));
    expect((await placesNaming(ben.userId)).length).toBeGreaterThan(6);

    await ben.client.auth.deleteAccount({ body: { password: ben.password } });
    expect(await codeOf(ben.client.auth.me())).toBe('session-ended');
    expect(await codeOf(signedIn(ben))).toBe('credentials-wrong');
    expect(await codeOf(channelOf(ben.userId))).toBe('channel-not-found');

    await leftLongAgo(ben.userId);
    await soon(async () => {
      await callErasure();
      await callRemoval();
      expect(await lasting(ben.userId)).toEqual([]);
    });
    expect(await lasting(ben.email)).toEqual([]);
    await expect(inPool()).rejects.toThrow(/UserNotFound|not exist/);
  });
});
