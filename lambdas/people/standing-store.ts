import type { UserId } from '../../domain/ids.ts';
import type { AuditEntry } from '../../domain/people/audit.ts';
import type { Dynamo } from '../../platform/clients/dynamo.ts';
import { auditPut } from '../../platform/records/audit.ts';
import { transact } from '../../platform/records/transactions.ts';
import { indexedAs, type UserRecord, userKey } from '../../platform/records/users.ts';

/** Done; the person's record is another by now; the admin who was to stay is none any more. */
export type StandingWrite = 'written' | 'changed-meanwhile' | 'witness-gone';

/** What an act changes, and the admin who must still be one when it does. */
export interface Standing {
  readonly read: UserRecord;
  readonly next: UserRecord;
  readonly entry: AuditEntry;
  readonly witness: UserId;
}

/** Writes what admins make of people: the change, its entry in the trail, and the check of the witness, all or none. */
export function standingStore(dynamo: Dynamo, tables: { readonly users: string; readonly audit: string }) {
  return {
    async write({ read, next, entry, witness }: Standing): Promise<StandingWrite> {
      const { roles, status, memberUntil, suspendedBecause } = next;
      // Sessions are ended by others too, who raise no version: only an act that ends them writes that.
      const ends = next.sessionsEnded !== read.sessionsEnded && { sessionsEnded: next.sessionsEnded };
      const fields = { roles, status, memberUntil, suspendedBecause, notable: indexedAs(next).notable, ...ends };
      const set = Object.entries(fields).filter(([, value]) => value !== undefined);
      const removed = Object.entries(fields).filter(([, value]) => value === undefined);
      const update = {
        TableName: tables.users,
        Key: userKey(read.userId),
        UpdateExpression: [
          `SET #version = #version + :one, ${set.map(([name]) => `#${name} = :${name}`).join(', ')}`,
          ...(removed.length > 0 ? [`REMOVE ${removed.map(([name]) => `#${name}`).join(', ')}`] : []),
        ].join(' '),
        ConditionExpression: '#version = :read',
        ExpressionAttributeNames: {
          '#version': 'version',
          ...Object.fromEntries(Object.keys(fields).map((name) => [`#${name}`, name])),
        },
        ExpressionAttributeValues: {
          ':read': read.version,
          ':one': 1,
          ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
        },
      };
      const check = {
        TableName: tables.users,
        Key: userKey(witness),
        ConditionExpression: '#status = :active AND contains(#roles, :admin)',
        ExpressionAttributeNames: { '#status': 'status', '#roles': 'roles' },
        ExpressionAttributeValues: { ':active': 'active', ':admin': 'admin' },
      };
      // One item may stand in a transaction once: who acts on their own record is checked by its version.
      const isOther = witness !== read.userId;
      const failed = await transact(dynamo, [
        { Update: update },
        { Put: auditPut(tables.audit, entry) },
        ...(isOther ? [{ ConditionCheck: check }] : []),
      ]);
      if (failed.length === 0) return 'written';
      if (failed.includes(0)) return 'changed-meanwhile';
      if (failed.includes(2)) return 'witness-gone';
      throw new Error(`the trail has an entry ${entry.auditId} already`);
    },
  };
}

export type StandingStore = ReturnType<typeof standingStore>;
