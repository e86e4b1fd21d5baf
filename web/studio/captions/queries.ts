import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { VideoId } from '../../../domain/ids.ts';
import type { CaptionKind } from '../../../domain/media/captions/captions.ts';
import { CaptionFault, decodeCaptions, parseCaptions } from '../../../domain/media/captions/parse.ts';
import { api } from '../../shared/api.ts';

export const captionsQuery = (videoId: VideoId) =>
  queryOptions({
    queryKey: ['captions', videoId],
    queryFn: async () => (await api.content.listCaptions({ params: { videoId } })).captions,
  });

export interface NewCaptions {
  readonly file: File;
  /** BCP 47. */
  readonly language: string;
  readonly kind: CaptionKind;
}

/** The text of a file that can be captions. @throws Error whose message says what is wrong with it, and where. */
async function textOf(file: File): Promise<string> {
  const text = decodeCaptions(new Uint8Array(await file.arrayBuffer()));
  const cues = text instanceof CaptionFault ? text : parseCaptions(text);
  if (text instanceof CaptionFault) throw new Error(text.sentence);
  if (cues instanceof CaptionFault) throw new Error(cues.sentence);
  return text;
}

/** Adds captions, or replaces those of the same language and kind. */
export function useAddCaptions(videoId: VideoId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ file, language, kind }: NewCaptions) =>
      api.content.putCaptions({
        params: { videoId, name: `${language.toLowerCase()}-${kind}` },
        body: { language, kind, text: await textOf(file) },
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: captionsQuery(videoId).queryKey }),
  });
}

export function useDeleteCaptions(videoId: VideoId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => api.content.deleteCaptions({ params: { videoId, name } }),
    onSettled: () => queries.invalidateQueries({ queryKey: captionsQuery(videoId).queryKey }),
  });
}
