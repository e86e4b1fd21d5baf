import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Environment } from '../../lib/config/environment.ts';
import { environments } from '../../lib/config/environments.ts';
import { alarms } from '../../lib/constructs/alarms.ts';
import { resources, root, synthesized, synthesizedWithMail } from './synthesized.ts';

const all = environments();

describe('environments', () => {
  test('differ in data that is checked: a slip is told by the name of the field', () => {
    expect(() =>
      Environment.parse({ ...all.prod, site: { ...all.prod.site, origin: 'https://sluice.example/path' } }),
    ).toThrow(/origin/);
    expect(() => Environment.parse({ ...all.prod, workers: { ...all.prod.workers, min: 300 } })).toThrow(
      /min must not exceed max/,
    );
    expect(() => Environment.parse({ ...all.prod, colour: 'blue' })).toThrow(/colour/);
  });

  test('the local one leaves out what a local cloud cannot host, and nothing else', () => {
    expect(Object.keys(synthesized('local')).toSorted()).toEqual([
      'Api',
      'Identity',
      'MailEvents',
      'Operations',
      'PersonalData',
      'Processing',
      'Removal',
      'Storage',
      'Views',
    ]);
  });

  test('the local one listens where it is told to', () => {
    const { local } = environments({ cloud: 'http://127.0.0.1:4811', site: 'http://127.0.0.1:4801' });
    expect(local.site.origin).toBe('http://127.0.0.1:4801');
    expect(local.apiEndpoint).toContain('http://127.0.0.1:4811/');
  });

  test('the others have everything, protected', () => {
    for (const { id, leftOut, isProtected } of [all.dev, all.staging, all.prod]) {
      expect({ id, leftOut, isProtected }).toEqual({ id, leftOut: [], isProtected: true });
    }
  });
});

describe('the runbook', () => {
  const runbook = readFileSync(join(root, 'docs/runbook.md'), 'utf8');
  const sections = new Map(
    runbook
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf('\n')).trim(), section]),
  );

  test.each(Object.keys(alarms))('says of %s what it is, how to look and how to mend', (name) => {
    const section = sections.get(name);
    expect(section).toBeDefined();
    const headings = [...(section ?? '').matchAll(/^\*\*(\w+)\.\*\* \S/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['What', 'Look', 'Mend']);
  });

  test('names functions, listeners and outputs that are there, in the stacks where they are', () => {
    const prod = synthesizedWithMail();
    const ids = Object.values(prod).flatMap((template) => resources(template).map(([id]) => id));
    const functions = [...runbook.matchAll(/function `(\w+)`/g)].map(([, name = '']) => name);
    expect(functions.length).toBeGreaterThan(10);
    for (const name of functions)
      expect(
        ids.some((id) => new RegExp(`(^|[a-z])${name}(Listener)?Function[0-9A-F]{8}$`).test(id)),
        name,
      ).toBe(true);
    const listeners = ids.flatMap((id) => /^(\w+)Events[0-9A-F]{8}$/.exec(id)?.[1] ?? []);
    expect(listeners.length).toBeGreaterThan(5);
    for (const name of listeners) expect(sections.get('Events that were given up')).toContain(`\`${name}\``);
    const stacks = new Set([...runbook.matchAll(/ENV[-/](\w+)/g)].map(([, name = '']) => name));
    for (const name of stacks) expect([...Object.keys(prod), 'STACK'], name).toContain(name);
  });

  test('every alarm that is raised leads to its section', () => {
    // An alarm that does nothing but move a scaling policy is for no operator.
    const raised = Object.values(synthesizedWithMail()).flatMap((template) => {
      const policies = new Set(resources(template, 'AWS::ApplicationAutoScaling::ScalingPolicy').map(([id]) => id));
      return resources(template, 'AWS::CloudWatch::Alarm').filter(
        ([, { Properties }]) =>
          !(Properties['AlarmActions'] as { Ref?: string }[]).every(({ Ref = '' }) => policies.has(Ref)),
      );
    });
    const anchors = new Set(
      raised.map(
        ([, { Properties }]) => /docs\/runbook\.md#(\S+)$/.exec(Properties['AlarmDescription'] as string)?.[1],
      ),
    );
    expect([...anchors].toSorted()).toEqual(Object.keys(alarms).toSorted());
  });
});
