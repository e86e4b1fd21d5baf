import { queryOptions, useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { api } from '../shared/api.ts';
import type { UploadSession, UploadView } from './uploads/upload-view.ts';
import type { Uploads } from './uploads/uploads.ts';

/** The uploads that the service holds open, whichever browser or program began them. */
export const openUploadsQuery = queryOptions({
  queryKey: ['open-uploads'],
  queryFn: () => api.upload.listUploads({ query: { limit: 100 } }),
  select: ({ uploads }) => uploads,
  staleTime: 10_000,
});

export type OpenUpload = UploadSession & { readonly fileName: string; readonly createdAt: number };

export const useUploadViews = (uploads: Uploads): readonly UploadView[] =>
  useSyncExternalStore(uploads.subscribe, uploads.snapshot);

/** Open uploads whose file this tab does not have: begun elsewhere, or too large to be kept over a reload. */
export function useUploadsWithoutFile(uploads: Uploads): OpenUpload[] {
  const here = new Set(useUploadViews(uploads).map(({ session }) => session?.uploadId));
  const { data = [] } = useQuery(openUploadsQuery);
  return data.filter(({ uploadId, state }) => state === 'open' && !here.has(uploadId));
}
