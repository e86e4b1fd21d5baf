import type { VideoState } from '../../../domain/video/video.ts';

/** How a state is told to people: a word, and the colour of its badge. */
export const stateLabels: Readonly<Record<VideoState, { label: string; color: string }>> = {
  draft: { label: 'Draft', color: 'gray' },
  uploading: { label: 'Uploading', color: 'blue' },
  processing: { label: 'Preparing', color: 'blue' },
  playable: { label: 'Playable, still encoding', color: 'cyan' },
  ready: { label: 'Ready', color: 'teal' },
  rejected: { label: 'Not usable', color: 'red' },
  failed: { label: 'Failed', color: 'red' },
  blocked: { label: 'Blocked', color: 'orange' },
  deleted: { label: 'Deleted', color: 'gray' },
};
