import { describe, expect, it } from 'vitest';
import { type Resource, stack, synthesized } from './synthesized.ts';

const templates = synthesized('local');

/** Tables in which nothing is kept about a person, or nothing for longer than is said. */
const impersonal: Readonly<Record<string, string>> = {
  Jobs: 'runs of videos: they go with their video',
  PeopleCatalogue: 'a view of videos and channels: it follows their tables',
  Limits: 'counters of a window, and answers to repeated requests: each goes after a day at the most',
};

const tables = Object.values(templates).flatMap((template) =>
  Object.keys(template?.findResources('AWS::DynamoDB::GlobalTable') ?? {}),
);
/** As its construct is called: CDK appends a digest of eight digits. */
const nameOf = (logicalId: string) => logicalId.replace(/[0-9A-F]{8}$/, '');

/** All that the functions of the stack find by their environment. */
const found = JSON.stringify(
  Object.values(
    stack(templates, 'PersonalData').findResources('AWS::Lambda::Function') as Record<string, Resource>,
  ).map(({ Properties }) => Properties['Environment']),
);

describe('what is kept about people', () => {
  it.each(tables)('is copied and erased in table %s, or there is none of it there', (logicalId) => {
    expect(found.includes(logicalId)).toBe(!(nameOf(logicalId) in impersonal));
  });

  it('is not said of tables that there are none of', () => {
    expect(tables.map(nameOf)).toEqual(expect.arrayContaining(Object.keys(impersonal)));
    expect(tables.length).toBeGreaterThan(8);
  });
});
