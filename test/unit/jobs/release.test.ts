import { type SFNClient, TaskDoesNotExist, TaskTimedOut } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { type ReasonCode, reasons } from '../../../domain/video/reasons.ts';
import { releaseOf, stageReleaser } from '../../../platform/stage-release.ts';

const codes = Object.keys(reasons) as ReasonCode[];
const stage = (name: 'prepare' | 'encode', remaining: number, code?: ReasonCode) => ({
  name,
  remaining,
  ...(code && { closed: { code, detail: 'seen' } }),
});

describe('what a stage tells the state machine', () => {
  it('nothing while work remains', () => expect(releaseOf(stage('encode', 3))).toBeUndefined());
  it('success when nothing remains', () => expect(releaseOf(stage('encode', 0))).toEqual({ success: {} }));
  it('of prepare, that the source is accepted', () =>
    expect(releaseOf(stage('prepare', 0))).toEqual({ success: { verdict: 'accepted' } }));

  it.each(codes)('%s in encode is a failure of that name', (code) => {
    expect(releaseOf(stage('encode', 1, code))).toEqual({ failure: { code, detail: 'seen' } });
  });
  it.each(codes)('%s in prepare is a verdict if the file is at fault, and else a failure', (code) => {
    const reason = { code, detail: 'seen' };
    const told = reasons[code].end === 'rejected' ? { success: { verdict: 'rejected', reason } } : { failure: reason };
    expect(releaseOf(stage('prepare', 1, code))).toEqual(told);
  });
});

describe('releasing', () => {
  const refusing = (error: Error) => ({ send: () => Promise.reject(error) }) as unknown as SFNClient;
  const finished = { ...stage('encode', 0), taskToken: 'token' };

  it.each([new TaskDoesNotExist({ message: '', $metadata: {} }), new TaskTimedOut({ message: '', $metadata: {} })])(
    'a token that is gone has been released: %s',
    async (error) => {
      await expect(stageReleaser(refusing(error))(finished)).resolves.toBeUndefined();
    },
  );
  it('any other error is one', async () => {
    await expect(stageReleaser(refusing(new Error('throttled')))(finished)).rejects.toThrow('throttled');
  });
  it('an unfinished stage is left alone', async () => {
    await stageReleaser(refusing(new Error('must not be called')))({ ...finished, remaining: 1 });
  });
});
