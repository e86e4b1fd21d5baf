import { beforeAll, describe, expect, it } from 'vitest';
import { type Callers, callerKinds, oneCallerOfEach } from '../commands/callers.ts';
import { allRoutes, type Ids, type RawAnswer, type RouteName } from '../commands/calls.ts';
import { type Answers, callAll, expectedRow, type Outcome, rowOf } from '../commands/matrix.ts';
import { oneOfEach } from '../commands/owned.ts';
import { newPerson } from '../commands/people.ts';

let callers: Callers;
let ids: Ids;
let called: ReadonlyMap<string, Answers>;

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
});

/** A refusal, but for the request's own id. */
const saidBy = (answer: RawAnswer | Error | undefined) =>
  answer === undefined || answer instanceof Error ? answer : { ...answer.problem, requestId: '' };

describe('every route and everybody', () => {
  it.each(allRoutes)('%s is answered as the registry says', (name, route) => {
    expect(answersOf(name).row).toEqual(expectedRow(route, callers));
  });

  it.each(allRoutes.filter(([, { access }]) => access.kind === 'owner'))(
    '%s says the same to a stranger of what is there and of what is not',
    (name) => {
      const { answers, unknown } = answersOf(name);
      expect(saidBy(answers.creator)).toEqual(saidBy(unknown));
      expect(saidBy(unknown)).toMatchObject({ status: 404 });
    },
  );

  it.each(allRoutes.filter(([, { access }]) => access.kind !== 'anyone'))(
    '%s tells whoever has not signed in how to',
    (name) => {
      const { nobody } = answersOf(name).answers;
      if (nobody instanceof Error) throw nobody;
      expect(nobody.headers.get('www-authenticate')).toMatch(/^Bearer /);
      expect(nobody.headers.get('x-request-id')).toBe(nobody.problem?.requestId);
    },
  );
});

/**
 * The most sensitive routes, by hand: what the registry ought to say. For nobody, a viewer, the owner, another creator,
 * a moderator, finance and an admin, in this order; then the suspended, and tokens that are past their end, of another
 * pool and of an ended session.
 */
// biome-ignore format: a table is read by its columns.
const byHand: Partial<Record<RouteName, string>> = {
  'auth.login':                 'ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok',
  'auth.resetPassword':         'ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok',
  'auth.logout':                '401 ok  ok  ok  ok  ok  ok  403 401 401 401',
  'auth.me':                    '401 ok  ok  ok  ok  ok  ok  403 401 401 401',
  'auth.changePassword':        '401 ok  ok  ok  ok  ok  ok  403 401 401 401',
  'auth.endSessions':           '401 ok  ok  ok  ok  ok  ok  403 401 401 401',
  'auth.deleteAccount':         '401 ok  ok  ok  ok  ok  ok  403 401 401 401',
  'auth.beginTotp':             '401 ok  ok  ok  ok  ok  ok  403 401 401 401',
  'auth.endTotp':               '401 ok  ok  ok  ok  ok  ok  403 401 401 401',
  'auth.removeTotp':            '401 403 403 403 403 403 ok  403 401 401 401',
  'people.listUsers':           '401 403 403 403 403 403 ok  403 401 401 401',
  'people.setRoles':            '401 403 403 403 403 403 ok  403 401 401 401',
  'people.suspendUser':         '401 403 403 403 403 403 ok  403 401 401 401',
  'people.setMembership':       '401 403 403 403 403 403 ok  403 401 401 401',
  'people.listAudit':           '401 403 403 403 403 403 ok  403 401 401 401',
  'people.askExport':           '401 ok  ok  ok  ok  ok  ok  403 401 401 401',
  'upload.createUpload':        '401 403 ok  ok  ok  ok  ok  403 401 401 401',
  'upload.getUpload':           '401 404 ok  404 404 404 404 403 401 401 401',
  'upload.completeUpload':      '401 404 ok  404 404 404 404 403 401 401 401',
  'upload.abortUpload':         '401 404 ok  404 404 404 404 403 401 401 401',
  'content.getVideo':           '401 404 ok  404 ok  404 ok  403 401 401 401',
  'content.updateVideo':        '401 404 ok  404 404 404 ok  403 401 401 401',
  'content.getSource':          '401 404 ok  404 404 404 404 403 401 401 401',
  'content.listCreatorVideos':  '401 403 ok  ok  ok  ok  ok  403 401 401 401',
  'content.putCaptions':        '401 404 ok  404 404 404 ok  403 401 401 401',
  'content.deleteVideo':       '401 404 ok  404 404 404 ok  403 401 401 401',
  'content.purgeVideo':        '401 404 ok  404 404 404 ok  403 401 401 401',
  'history.listHistory':       '401 ok  ok  ok  ok  ok  ok  403 401 401 401',
  'playlists.updatePlaylist':  '401 404 ok  404 ok  404 ok  403 401 401 401',
  'community.editComment':     '401 404 ok  404 404 404 404 403 401 401 401',
  'community.deleteComment':   '401 404 ok  404 ok  404 ok  403 401 401 401',
  'streaming.playback':         'ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok',
  'streaming.license':          'ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok',
  'processing.reprocess':       '401 404 ok  404 404 404 ok  403 401 401 401',
  'processing.listJobs':        '401 404 ok  404 404 404 ok  403 401 401 401',
};

describe('the most sensitive routes', () => {
  it.each(Object.entries(byHand))('%s is for those it is meant for', (name, words) => {
    const outcomes = words.trim().split(/ +/) as Outcome[];
    expect(outcomes).toHaveLength(callerKinds.length);
    expect(answersOf(name).row).toEqual(rowOf((kind) => outcomes[callerKinds.indexOf(kind)] as Outcome));
  });
});
