import { useState } from 'react';
import { type Offered, played } from './played-manifest.ts';

/** The manifest that the page plays, of the one that it is offered now. */
export function usePlayedManifest(title: string, manifest: string | null): string | null {
  const [before, setBefore] = useState<Offered>({ title, manifest });
  const now = played(before, { title, manifest });
  if (now.title !== before.title || now.manifest !== before.manifest) setBefore(now);
  return now.manifest;
}
