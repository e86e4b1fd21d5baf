import type { JobHandlers } from './context.ts';
import { captions } from './handlers/captions.ts';
import { chunk } from './handlers/chunk.ts';
import { peek } from './handlers/peek.ts';
import { picture } from './handlers/picture.ts';
import { poster } from './handlers/poster.ts';
import { prepare } from './handlers/prepare.ts';
import { segment } from './handlers/segment.ts';

/** The registry of jobs: what is done for each kind. */
export const jobs: JobHandlers = { prepare, chunk, segment, poster, picture, captions, peek };
