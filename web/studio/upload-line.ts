import { formatBytes, formatRemaining, formatShare, formatSpeed } from '../shared/format.ts';
import type { UploadView } from './uploads/upload-view.ts';

/** What is said under an upload's bar. */
export function uploadLine(view: Omit<UploadView, 'fileId' | 'name'>): string {
  const { state, sizeBytes, bytesSent, session, partsStored, bytesPerSecond, error } = view;
  if (state === 'failed' || state === 'rejected') return error ?? 'The upload failed. Try again.';
  const parts = session && session.partCount > 1 ? `${partsStored} of ${session.partCount} parts` : undefined;
  const amount = `${formatBytes(bytesSent)} of ${formatBytes(sizeBytes)}`;
  if (state === 'interrupted') return join('Interrupted', amount, parts);
  if (state === 'paused') return join('Paused', amount, parts);
  if (bytesSent >= sizeBytes) return join('Checking', amount, parts);
  const speed = bytesPerSecond === 0 ? undefined : bytesPerSecond;
  return join(
    formatShare(bytesSent / sizeBytes),
    amount,
    parts,
    speed === undefined ? undefined : formatSpeed(speed),
    speed === undefined ? undefined : formatRemaining((sizeBytes - bytesSent) / speed),
  );
}

const join = (...pieces: (string | undefined)[]) => pieces.filter((piece) => piece !== undefined).join(' · ');
