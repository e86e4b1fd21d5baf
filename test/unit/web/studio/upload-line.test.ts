import { describe, expect, it } from 'vitest';
import type { UploadId, VideoId } from '../../../../domain/ids.ts';
import { uploadLine } from '../../../../web/studio/upload-line.ts';

const session = {
  uploadId: 'U' as UploadId,
  videoId: 'V' as VideoId,
  sizeBytes: 100e6,
  partSizeBytes: 10e6,
  partCount: 10,
  peek: null,
};
const view = {
  state: 'sending',
  sizeBytes: 100e6,
  bytesSent: 25e6,
  session,
  partsStored: 2,
  peek: undefined,
  bytesPerSecond: 5e6,
  error: undefined,
} as const;

describe('what is said of an upload', () => {
  it('tells share, amount, parts, speed and time left', () => {
    expect(uploadLine(view)).toBe('25 % · 25.0 MB of 100 MB · 2 of 10 parts · 5.0 MB/s · 15 seconds left');
  });

  it('tells no speed while none is known, and no parts of a file that is one', () => {
    expect(uploadLine({ ...view, bytesPerSecond: undefined, session: { ...session, partCount: 1 } })).toBe(
      '25 % · 25.0 MB of 100 MB',
    );
    expect(uploadLine({ ...view, bytesPerSecond: 0 })).toBe('25 % · 25.0 MB of 100 MB · 2 of 10 parts');
  });

  it('says why it stands still', () => {
    expect(uploadLine({ ...view, state: 'paused' })).toMatch(/^Paused · 25\.0 MB/);
    expect(uploadLine({ ...view, state: 'interrupted' })).toMatch(/^Interrupted · 25\.0 MB/);
    expect(uploadLine({ ...view, state: 'failed', error: 'The disk is gone.' })).toBe('The disk is gone.');
    expect(uploadLine({ ...view, bytesSent: 100e6 })).toMatch(/^Checking/);
  });
});
