import { describe, expect, it } from 'vitest';
import { forbiddenImports } from '../../../../local/check/dependency-direction.ts';

const of = (path: string, text: string) => forbiddenImports([[path, text]]);

describe('dependency direction', () => {
  it.each([
    ['domain/media/plan.ts', "import { x } from '../../platform/ids.ts';"],
    ['domain/media/plan.ts', "import { readFileSync } from 'node:fs';"],
    ['domain/media/plan.ts', "import { S3Client } from '@aws-sdk/client-s3';"],
    ['platform/ids.ts', "export { x } from '../lambdas/auth/service.ts';"],
    ['lambdas/upload/service.ts', "import type { X } from '../content/service.ts';"],
    ['lambdas/shared/serve.ts', "import { routes } from '../auth/routes.ts';"],
    ['worker/main.ts', "const x = await import('../lambdas/shared/log.ts');"],
    ['web/main.tsx', "import {\n  a,\n  b,\n} from '../platform/ids.ts';"],
    ['lib/stacks/api.ts', "import '../../lambdas/auth/service.ts';"],
    ['client/client.ts', "export * from '../lambdas/auth/store.ts';"],
    ['cli/main.ts', "import { root } from '../local/instance.ts';"],
    ['local/up.ts', "import { SluiceStage } from '../lib/stage.ts';"],
  ])('refuses in %s: %s', (path, text) => expect(of(path, text)).toHaveLength(1));

  it.each([
    [
      'domain/media/plan.ts',
      "import * as z from 'zod';\nimport { rate } from './rate.ts';\nimport { VideoId } from '../ids.ts';",
    ],
    ['lambdas/upload/service.ts', "import { serve } from '../shared/serve.ts';\nimport { store } from './store.ts';"],
    [
      'lib/stacks/api.ts',
      "import { routes } from '../../lambdas/auth/routes.ts';\nimport { env } from '../../worker/env.ts';",
    ],
    ['web/main.tsx', "import { sluiceClient } from '../client/client.ts';\nimport React from 'react';"],
    ['domain/text.ts', "export const sentence = 'import { x } from nowhere';\nexport const other = 'a';"],
    ['test/system/a.test.ts', "import { root } from '../../local/instance.ts';"],
  ])('allows in %s: %s', (path, text) => expect(of(path, text)).toEqual([]));
});
