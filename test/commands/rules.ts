import {
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type Rule,
} from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { UploadId, VideoId } from '../../domain/ids.ts';
import { sourceKey } from '../../domain/media/paths.ts';
import { awsConfig, localCloud } from './local-cloud.ts';

/** What EventBridge does by itself, done by hand: called now, called twice, or kept from happening. */

const bridge = () => new EventBridgeClient(awsConfig());

async function ruleThat(fits: (rule: Rule) => boolean | undefined, what: string): Promise<string> {
  const { Rules = [] } = await bridge().send(new ListRulesCommand({}));
  const found = Rules.filter(fits);
  if (found.length !== 1 || found[0]?.Name === undefined) throw new Error(`${found.length} rules ${what}`);
  return found[0].Name;
}

/** The rule for sources that have arrived in the uploads bucket. */
const sourceRule = () =>
  ruleThat((rule) => rule.EventPattern?.includes(localCloud().outputs.UploadsBucketName), 'look at the uploads bucket');
/** The schedule of a function, by its name in the stack. */
const scheduleOf = (name: string) =>
  ruleThat((rule) => rule.ScheduleExpression !== undefined && rule.Name?.includes(`${name}Rule`), `call ${name}`);

/** Calls a rule's function with an event, as EventBridge would: what it answers. @throws Error if the function does. */
async function callTargetOf(Rule: string, event: unknown): Promise<unknown[]> {
  const { Targets = [] } = await bridge().send(new ListTargetsByRuleCommand({ Rule }));
  const answers: unknown[] = [];
  for (const { Arn } of Targets) {
    const answer = await new LambdaClient(awsConfig()).send(
      new InvokeCommand({ FunctionName: Arn, Payload: JSON.stringify(event) }),
    );
    const text = new TextDecoder().decode(answer.Payload);
    if (answer.FunctionError) throw new Error(`${Rule}: ${text}`);
    answers.push(text === '' ? undefined : JSON.parse(text));
  }
  return answers;
}

/** Delivers S3's "Object Created" of a source once more. */
export async function deliverSourceEvent({
  videoId,
  uploadId,
}: {
  readonly videoId: VideoId;
  readonly uploadId: UploadId;
}): Promise<void> {
  const bucket = { name: localCloud().outputs.UploadsBucketName };
  const detail = {
    version: '0',
    bucket,
    object: { key: sourceKey(videoId, uploadId), size: 1 },
    reason: 'CompleteMultipartUpload',
  };
  await callTargetOf(await sourceRule(), { version: '0', source: 'aws.s3', 'detail-type': 'Object Created', detail });
}

/** Loses the events of sources that arrive from now on, until it is disposed of. */
export async function losingSourceEvents(): Promise<AsyncDisposable> {
  const Name = await sourceRule();
  await bridge().send(new DisableRuleCommand({ Name }));
  return {
    async [Symbol.asyncDispose]() {
      await bridge().send(new EnableRuleCommand({ Name }));
    },
  };
}

/** Calls the reconciler, which is due every minute. */
export async function callReconciler(): Promise<void> {
  await callTargetOf(await scheduleOf('Reconcile'), {});
}

/** Has removed what is due, which is looked at every five minutes. */
export async function callRemoval(): Promise<void> {
  await callTargetOf(await scheduleOf('Remove'), { 'detail-type': 'Scheduled Event' });
}

/** Has the backlog measured, which is due every minute: processor seconds. */
export async function measuredBacklog(): Promise<number> {
  const [answer] = await callTargetOf(await scheduleOf('MeasureBacklog'), {});
  return z.object({ cpuSeconds: z.number() }).parse(answer).cpuSeconds;
}

/** Has those who are leaving removed, which is due every five minutes: how many are gone, and how many are not yet. */
export async function callErasure(): Promise<{ erased: number; goOn: number }> {
  const [answer] = await callTargetOf(await scheduleOf('Erase'), {});
  return z.object({ erased: z.int(), goOn: z.int() }).parse(answer);
}
