import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addAccountCommands } from '../../../cli/commands/account.ts';
import { addAdminCommands } from '../../../cli/commands/admin.ts';
import { addProcessingCommands } from '../../../cli/commands/processing.ts';
import { addUploadCommand } from '../../../cli/commands/upload.ts';
import { addVideosCommands } from '../../../cli/commands/videos.ts';
import { sourceFiles } from '../../../local/check/dependency-direction.ts';

const root = join(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const pages = ['README.md', ...globSync('docs/**/*.md', { cwd: root })].map((path) => [path, read(path)] as const);
const found = (text: string, form: RegExp) => [...text.matchAll(form)].map(([, one = '']) => one);

/** The anchor that a heading gets. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
const headings = (text: string) => found(text, /^#+ (.+)$/gm);

describe.each(pages)('%s', (path, text) => {
  it('leads to pages and sections that are there', () => {
    for (const link of found(text, /\]\(([^)\s]+)\)/g).filter((target) => !/^[a-z]+:/.test(target))) {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path : join(dirname(path), file);
      expect(existsSync(join(root, target)), link).toBe(true);
      if (anchor !== undefined) expect(headings(read(target)).map(anchorOf), link).toContain(anchor);
    }
  });

  it('names files that are there', () => {
    const named = found(
      text,
      /`((?:bench|bin|cli|client|docs|domain|lambdas|lib|local|platform|statemachines|test|web|worker)\/[\w./-]*)`/g,
    );
    for (const file of named)
      expect(
        ['', '.ts', '.tsx'].some((end) => existsSync(join(root, `${file}${end}`))),
        file,
      ).toBe(true);
  });

  it('names commands that are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const script of found(text, /npm run ([\w:]+)/g)) expect(Object.keys(scripts)).toContain(script);

    const program = new Command();
    for (const add of [
      addAccountCommands,
      addAdminCommands,
      addProcessingCommands,
      addUploadCommand,
      addVideosCommands,
    ])
      add(program);
    for (const asked of found(text, /(?:npx |`)sluice ([a-z][\w-]*(?: [a-z][\w-]*)?)/g)) {
      const [name, sub] = asked.split(' ');
      const command = program.commands.find((one) => one.name() === name);
      expect(command, asked).toBeDefined();
      if (command && command.commands.length > 0 && sub !== undefined)
        expect(
          command.commands.map((one) => one.name()),
          asked,
        ).toContain(sub);
    }
  });
});

it('comments refer to pages and sections that are there', () => {
  for (const [file, text] of sourceFiles()) {
    for (const [, page = '', section] of text.matchAll(/(docs\/[\w/-]+\.md)(?:, "([^"]+)")?/g)) {
      expect(existsSync(join(root, page)), `${file}: ${page}`).toBe(true);
      if (section !== undefined) expect(headings(read(page)), `${file}: ${page}`).toContain(section);
    }
    for (const number of found(text, /docs\/decisions\/(\d{4})/g))
      expect(globSync(`docs/decisions/${number}-*.md`, { cwd: root }), `${file}: ${number}`).toHaveLength(1);
  }
});

it('decisions have numbers of their own, and say them', () => {
  const decisions = pages.filter(([path]) => path.startsWith('docs/decisions/'));
  const numbers = decisions.map(([path]) => /(\d{4})-/.exec(path)?.[1] ?? path);
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const [i, [path, text]] of decisions.entries()) expect(text.startsWith(`# ${numbers[i]} `), path).toBe(true);
});

it('docs/seed-trace.md answers everything that was asked, each once, by tests that are there', () => {
  const asked = { L: 7, M: 11, C: 3, D: 9, S: 14, B: 7, F: 10, P: 6 };
  const rows = read('docs/seed-trace.md')
    .split('\n')
    .flatMap((line) => {
      const [, id = '', , , tests = ''] = line.split('|').map((cell) => cell.trim());
      return /^[A-Z]\d+$/.test(id) ? [{ id, tests }] : [];
    });
  expect(rows.map(({ id }) => id)).toEqual(
    Object.entries(asked).flatMap(([letter, count]) => Array.from({ length: count }, (_, i) => `${letter}${i + 1}`)),
  );
  for (const { id, tests } of rows) {
    expect(tests, id).not.toBe('');
    for (const [, suite = '', names = ''] of tests.matchAll(/`(test\/\w+)` \(([^)]+)\)/g))
      for (const name of found(names, /`([\w-]+)`/g))
        expect(existsSync(join(root, suite, `${name}.test.ts`)), `${id}: ${suite} ${name}`).toBe(true);
  }
});
