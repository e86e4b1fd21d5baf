import { beforeAll, describe, expect, it } from 'vitest';
import type { Registry } from '../../client/registry.ts';
import { type Callers, callerKinds, oneCallerOfEach } from '../commands/callers.ts';
import { allRoutes, callRoute, type Ids } from '../commands/calls.ts';
import { type Answers, callAll, expectedRow, type Outcome, rowOf } from '../commands/matrix.ts';
import { oneOfEach } from '../commands/owned.ts';
import { newPerson, type Person } from '../commands/people.ts';

let callers: Callers;
let ids: Ids;
let called: ReadonlyMap<string, Answers>;
/** Somebody whose session goes on, whatever has been called. */
let stranger: Person;

const answersOf = (name: string): Answers => {
  const answers = called.get(name);
  if (answers === undefined) throw new Error(`${name} was not called`);
  return answers;
};

beforeAll(async () => {
  callers = await oneCallerOfEach();
  const { owner } = callers;
  if (owner.person === undefined) throw new Error('the owner is somebody');
  const bystander = await newPerson();
  ids = { ...(await oneOfEach(owner.person)), userId: bystander.userId };
  called = await callAll(allRoutes, callers, ids);
  stranger = await newPerson();
});

describe('every route and everybody', () => {
  it.each(allRoutes)('%s is answered as the registry says', (name, route) => {
    expect(answersOf(name).row).toEqual(expectedRow(route, callers));
  });

  it.each(allRoutes.filter(([, { access }]) => access.kind === 'owner'))(
    '%s says the same to a stranger of what is there and of what is not',
    async (name, route) => {
      const unknown = await callRoute(route, { token: stranger.token });
      const foreign = answersOf(name).answers.creator;
      expect({ ...foreign.problem, requestId: '' }).toEqual({ ...unknown.problem, requestId: '' });
    },
  );

  it.each(allRoutes.filter(([, { access }]) => access.kind !== 'anyone'))(
    '%s tells whoever has not signed in how to',
    (name) => {
      const { nobody } = answersOf(name).answers;
      expect(nobody.headers.get('www-authenticate')).toMatch(/^Bearer /);
      expect(nobody.headers.get('x-request-id')).toBe(nobody.problem?.requestId);
    },
  );
});

type RouteName = {
  [Service in keyof Registry & string]: `${Service}.${keyof Registry[Service] & string}`;
}[keyof Registry];

/**
 * The most sensitive routes, by hand: what the registry ought to say. For nobody, a viewer, the owner, another creator,
 * a moderator, finance and an admin, in this order; then the suspended, and tokens that are past their end, of another
 * pool and of an ended session.
 */
const byHand: Partial<Record<RouteName, string>> = {
  'auth.login': '                ok ok ok ok ok ok ok    ok ok ok ok',
  'auth.logout': '               401 ok ok ok ok ok ok   403 401 401 401',
  'auth.changePassword': '       401 ok ok ok ok ok ok   403 401 401 401',
  'auth.endSessions': '          401 ok ok ok ok ok ok   403 401 401 401',
  'auth.beginTotp': '            401 ok ok ok ok ok ok   403 401 401 401',
  'auth.endTotp': '              401 ok ok ok ok ok ok   403 401 401 401',
  'auth.removeTotp': '           401 403 403 403 403 403 ok  403 401 401 401',
  'auth.me': '                   401 ok ok ok ok ok ok   403 401 401 401',
  'upload.createUpload': '       401 403 ok ok ok ok ok  403 401 401 401',
  'upload.getUpload': '          401 404 ok 404 404 404 404  403 401 401 401',
  'upload.completeUpload': '     401 404 ok 404 404 404 404  403 401 401 401',
  'upload.abortUpload': '        401 404 ok 404 404 404 404  403 401 401 401',
  'content.getVideo': '          401 404 ok 404 ok 404 ok  403 401 401 401',
  'content.updateVideo': '       401 404 ok 404 404 404 ok  403 401 401 401',
  'content.listCreatorVideos': ' 401 403 ok ok ok ok ok  403 401 401 401',
  'content.putCaptions': '       401 404 ok 404 404 404 ok  403 401 401 401',
  'streaming.playback': '        ok ok ok ok ok ok ok  ok ok ok ok',
  'streaming.license': '         ok ok ok ok ok ok ok  ok ok ok ok',
  'processing.reprocess': '      401 404 ok 404 404 404 ok  403 401 401 401',
  'processing.listJobs': '       401 404 ok 404 404 404 ok  403 401 401 401',
};

describe('the most sensitive routes', () => {
  it.each(Object.entries(byHand))('%s is for those it is meant for', (name, words) => {
    const outcomes = words.trim().split(/ +/) as Outcome[];
    expect(outcomes).toHaveLength(callerKinds.length);
    expect(answersOf(name).row).toEqual(rowOf((kind) => outcomes[callerKinds.indexOf(kind)] as Outcome));
  });
});
