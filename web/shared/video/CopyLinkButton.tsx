import type { VideoId } from '../../../domain/ids.ts';
import { CopyButton } from './CopyButton.tsx';

/** Copies the address of the watch page. */
export const CopyLinkButton = ({ videoId }: { readonly videoId: VideoId }) => (
  <CopyButton text={`${location.origin}/watch/${videoId}`}>Copy link</CopyButton>
);
