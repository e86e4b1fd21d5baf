import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { viewerRequest } from '../../../../local/edge/viewer-request.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-'));
afterAll(() => rmSync(folder, { recursive: true }));
const functionOf = (code: string) => {
  const file = join(folder, 'function.js');
  writeFileSync(file, code);
  return viewerRequest(file);
};

describe('a viewer-request function', () => {
  it('may change the path', async () => {
    const rewrite = functionOf("async function handler(event) { event.request.uri += '.html'; return event.request; }");
    expect(await rewrite('GET', '/page')).toEqual({ path: '/page.html' });
  });

  it('may answer itself', async () => {
    const rewrite = functionOf(
      "function handler() { return { statusCode: 301, headers: { location: { value: '/' } } }; }",
    );
    expect(await rewrite('GET', '/old')).toEqual({ status: 301, headers: { location: '/' } });
  });

  it('has nothing of Node', async () => {
    const rewrite = functionOf(
      'function handler(event) { event.request.uri = [typeof process, typeof require, typeof fetch].join(); return event.request; }',
    );
    expect(await rewrite('GET', '/')).toEqual({ path: 'undefined,undefined,undefined' });
  });

  it('keeps its text for the path a text', async () => {
    const rewrite = functionOf('function handler(event) { return event.request; }');
    expect(await rewrite('GET', '/");process.exit();("')).toEqual({ path: '/");process.exit();("' });
  });
});
