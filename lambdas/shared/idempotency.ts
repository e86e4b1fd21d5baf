import { createHash, randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { isProblem, type Problem, problem } from '../../domain/api/problems.ts';
import type { Route } from '../../domain/api/route.ts';
import type { Dynamo } from '../../platform/clients/dynamo.ts';
import type { Parsed } from './parse.ts';

/** How long an answer can be had again. */
const keptSeconds = 24 * 3600;
/** Whoever has not answered for this long never will: functions end after 28 s. */
const runningMs = 30_000;

/** What is known of a key. */
const Known = z.object({
  /** Digest of what was asked with it. */
  request: z.string(),
  /** Until when somebody may be at it, in ms; absent once it is answered. */
  runningUntil: z.int().optional(),
  /** The answer's body as JSON; absent where there is none. */
  answer: z.string().optional(),
});
type Known = z.infer<typeof Known>;

/** Keys, and what was answered to them. */
export interface KeyedAnswers {
  /**
   * Takes a key and answers undefined; or what is known of it, if it is somebody else's. It is free when it is new, when its
   * answer was kept long enough, and when whoever asked the same with it has died of it.
   */
  readonly take: (key: string, request: string, now: number) => Promise<Known | undefined>;
  readonly keep: (key: string, answer: string | undefined) => Promise<void>;
  /** Makes it as good as new: nothing was done. */
  readonly giveBack: (key: string, now: number) => Promise<void>;
}

/** A request that is to be carried out once. */
export interface KeyedRequest {
  /** Caller and route: anywhere else the key is another. */
  readonly scope: string;
  readonly key: string;
  /** What is asked; a key stands for one thing. */
  readonly asked: unknown;
  readonly now: number;
}

/**
 * Carries out `task` once for each key (draft-ietf-httpapi-idempotency-key-header-07), and answers repetitions as it did.
 * A refusal is not kept: nothing was done, and what was in the way may be gone. Nor is a fault of ours, after which the
 * same key tries again half a minute later.
 */
export async function onlyOnce(
  answers: KeyedAnswers,
  { scope, key, asked, now }: KeyedRequest,
  task: () => Promise<unknown>,
): Promise<{ readonly outcome: unknown; readonly isReplay: boolean }> {
  const item = `answer#${scope}#${digest(key)}`;
  const request = digest(JSON.stringify(asked));
  const known = await answers.take(item, request, now);
  if (known) return { outcome: answerOf(known, request), isReplay: known.request === request };
  const outcome = await task();
  if (isProblem(outcome)) await answers.giveBack(item, now);
  else await answers.keep(item, JSON.stringify(outcome));
  return { outcome, isReplay: false };
}

const digest = (text: string) => createHash('sha256').update(text).digest('base64url');

function answerOf({ request, runningUntil, answer }: Known, asked: string): unknown {
  if (request !== asked) return reused;
  if (runningUntil !== undefined) return inProgress;
  return answer === undefined ? undefined : JSON.parse(answer);
}

const reused: Problem = problem('idempotency-key-reused', 'This Idempotency-Key was sent with another request before.');
const inProgress: Problem = problem(
  'request-in-progress',
  'The same request is being carried out. Try again in a moment.',
);

/** Keys as items of the limits table, which removes them once their answers were kept long enough. */
export function keyedAnswers(dynamo: Dynamo, table: string): KeyedAnswers {
  const update = (key: string, what: Omit<ConstructorParameters<typeof UpdateCommand>[0], 'TableName' | 'Key'>) =>
    dynamo.send(new UpdateCommand({ TableName: table, Key: { key }, ...what }));
  return {
    async take(key, request, now) {
      const taker = randomUUID();
      try {
        await update(key, {
          UpdateExpression:
            'SET #request = :request, taker = :taker, runningUntil = :until, expiresAtSeconds = :removal REMOVE answer',
          ConditionExpression:
            'attribute_not_exists(#key) OR expiresAtSeconds <= :nowSeconds OR (runningUntil <= :now AND #request = :request)',
          ExpressionAttributeNames: { '#key': 'key', '#request': 'request' },
          ExpressionAttributeValues: {
            ':request': request,
            ':taker': taker,
            ':until': now + runningMs,
            ':now': now,
            ':nowSeconds': Math.floor(now / 1000),
            ':removal': Math.ceil(now / 1000) + keptSeconds,
          },
        });
        return undefined;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
      const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key: { key }, ConsistentRead: true }));
      // Ours, if the answer to our write was lost and the SDK has sent it again.
      return Item?.['taker'] === taker ? undefined : Known.parse(Item);
    },
    async keep(key, answer) {
      await update(
        key,
        answer === undefined
          ? { UpdateExpression: 'REMOVE runningUntil' }
          : {
              UpdateExpression: 'SET answer = :answer REMOVE runningUntil',
              ExpressionAttributeValues: { ':answer': answer },
            },
      );
    },
    async giveBack(key, now) {
      await update(key, {
        UpdateExpression: 'SET expiresAtSeconds = :past',
        ExpressionAttributeValues: { ':past': Math.floor(now / 1000) },
      });
    },
  };
}

/** The key of a request: a string of structured fields (RFC 8941, section 3.3.3), or the same without its quotes. */
export function parseIdempotencyKey(route: Route, header: string | undefined): Parsed<string | undefined> {
  if (route.idempotency === undefined || header === undefined) return { ok: true, value: undefined };
  const key = /^(?:"([\x20\x21\x23-\x5b\x5d-\x7e]{1,255})"|([\w.:-]{1,255}))$/.exec(header.trim());
  const value = key?.[1] ?? key?.[2];
  return value === undefined ? { ok: false, problem: notAKey } : { ok: true, value };
}

const notAKey: Problem = problem(
  'invalid-request',
  'Idempotency-Key: must be a string of 1 to 255 characters, in quotes.',
  {
    errors: [{ in: 'header', path: 'idempotency-key', message: 'must be a string of 1 to 255 characters, in quotes' }],
  },
);
