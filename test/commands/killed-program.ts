import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Binary, binary } from './binaries.ts';

/** A program that stands for one of the media binaries. */
export interface KilledProgram extends AsyncDisposable {
  readonly path: string;
}

/**
 * The media binary, but ended by SIGKILL once it has done its work, as the kernel does to a process when memory is short: each
 * time that its arguments contain one of these texts, up to so many times.
 */
export async function killedProgram(name: Binary, when: Readonly<Record<string, number>>): Promise<KilledProgram> {
  const directory = await mkdtemp(join(tmpdir(), 'killed-'));
  const path = join(directory, name.toLowerCase());
  const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  // Its children get no environment, so all that it needs stands in it.
  const cases = Object.entries(when).map(([text, times], i) => {
    const count = quoted(join(directory, `count-${i}`));
    return `  *${quoted(text)}*)
    if [ "$(cat ${count} 2> /dev/null | wc -c)" -lt ${times} ]; then printf x >> ${count}; kill -KILL $$; fi ;;`;
  });
  const script = `#!/bin/sh
${quoted(binary(name))} "$@"
code=$?
case "$*" in
${cases.join('\n')}
esac
exit $code
`;
  await writeFile(path, script);
  await chmod(path, 0o755);
  return { path, [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) };
}
