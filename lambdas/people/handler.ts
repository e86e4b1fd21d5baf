import { randomBytes } from 'node:crypto';
import { publisher } from '../../platform/clients/events.ts';
import { later } from '../../platform/later.ts';
import { readAudit } from '../../platform/records/audit.ts';
import { serve } from '../shared/serve.ts';
import { adminService } from './admin.ts';
import { channelStore } from './channel-store.ts';
import { channelService } from './channels.ts';
import { directoryOf } from './directory.ts';
import { env } from './env.ts';
import { exportStore } from './export-store.ts';
import { exportService } from './exports.ts';
import { peopleStore } from './people.ts';
import { pictureService } from './pictures.ts';
import { routes } from './routes.ts';
import { standingStore } from './standing-store.ts';

/** Five characters: a million marks for each name. */
const newMark = () => randomBytes(4).readUInt32BE().toString(36).padStart(7, '0').slice(-5);

export const handler = serve(routes, env, ({ env, dynamo }) => {
  const { USERS_TABLE: users, AUDIT_TABLE: audit } = env;
  const buckets = { uploads: env.UPLOADS_BUCKET, media: env.MEDIA_BUCKET };
  const stored = later(async () => (await import('./stored.ts')).stored(buckets));
  const publish = publisher(env.EVENT_BUS_NAME);
  const people = peopleStore(dynamo, users);
  const channels = channelService({ people, channels: channelStore(dynamo, users), newMark });
  const pictures = pictureService(channels, { put: stored.putPicture, remove: stored.removePicture });
  const exports = exportService({
    exports: exportStore(dynamo, users),
    publish,
    sign: stored.signCopy,
  });
  const admin = adminService({
    people,
    directory: directoryOf(dynamo, users, people),
    standing: standingStore(dynamo, { users, audit }),
    readAudit: (page) => readAudit(dynamo, audit, page),
  });
  return {
    handlers: {
      updateMe: ({ caller, body }) => channels.rename(caller.userId, body.name),
      getMyChannel: ({ caller, now }) => channels.get(caller.userId, now),
      updateMyChannel: ({ caller, body, ifMatch, now }) => channels.update(caller.userId, body, ifMatch, now),
      putMyPicture: ({ caller, body, now }) => pictures.put(caller.userId, body.jpeg, now),
      deleteMyPicture: ({ caller, now }) => pictures.remove(caller.userId, now),
      getChannel: ({ params, now }) => channels.find(params.channel, now),
      listFaces: ({ query }) => channels.faces(query.ids),
      askExport: ({ caller, now }) => exports.ask(caller.userId, now),
      getExport: ({ caller, now }) => exports.get(caller.userId, now),
      listUsers: ({ query }) => admin.list(query),
      getUser: ({ params }) => admin.get(params.userId),
      setRoles: ({ caller, params, body, ifMatch, now }) =>
        admin.setRoles({ by: caller, ...params, ifMatch, now }, body.roles),
      suspendUser: ({ caller, params, body, ifMatch, now }) =>
        admin.suspend({ by: caller, ...params, ifMatch, now }, body.reason),
      restoreUser: ({ caller, params, body, ifMatch, now }) =>
        admin.restore({ by: caller, ...params, ifMatch, now }, body.reason),
      setMembership: ({ caller, params, body, ifMatch, now }) =>
        admin.setMembership({ by: caller, ...params, ifMatch, now }, body.memberUntil),
      listAudit: ({ query }) => admin.audit(query),
    },
    owners: {},
  };
});
