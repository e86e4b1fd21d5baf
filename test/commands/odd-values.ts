import type * as z from 'zod';
import { type JsonSchema, oneOf, sentSchema } from './json-schema.ts';

/** Words that mean something to a program which puts them where they do not belong. */
export const oddStrings: readonly string[] = [
  '',
  ' ',
  '\t\r\n',
  "' OR 1=1 --",
  '"; DROP TABLE videos; --',
  '{"$ne":null}',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is what is sent
  '${jndi:ldap://127.0.0.1/x}',
  '{{7*7}}',
  '$(id)',
  '; ls / #',
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '%00%0d%0a',
  'a\0b',
  'x\r\nset-cookie: a=b',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'NaN',
  '1e309',
  '-0',
  '٣',
  '\u202Egnp.exe\u202C',
  'مرحبا بالعالم',
  '\uFEFFa\u200B\u200D',
  'a\u0301\u0323'.repeat(30),
  '👩‍👩‍👧‍👦',
  'en-u-ca-gregory',
  'en-x-private',
  '\uD800',
  '\uDC00\uD800',
  'ı İ ß ﬃ',
  '#id',
  'USER#00000000-0000-4000-8000-000000000000',
  'x'.repeat(10_000),
];

const oddNumbers: readonly number[] = [0, -0, -1, 1.5, 1e-7, 2 ** 31, 2 ** 53, 1e21, 1.7976931348623157e308, -1e308];

/** Nested deeper than recursion by hand would bear. */
const deep = (): unknown => JSON.parse(`${'['.repeat(2000)}${']'.repeat(2000)}`);
/** A field of its own, not the prototype. */
const prototypes = (): unknown => JSON.parse('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}}}');

const ofAnotherKind = (): unknown[] => [null, true, 1, 'text', [], {}, [[]], { $gt: '' }, deep(), prototypes()];

/** What a value of a schema could be instead, or at the edge of what it may be. */
function oddOf(schema: JsonSchema, good: unknown): unknown[] {
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices) return choices.flatMap((choice) => oddOf(choice, good));
  switch (schema.type) {
    case 'string':
      return [...ofAnotherKind(), ...oddStrings, ...longOnes(schema)];
    case 'integer':
    case 'number':
      return [...ofAnotherKind(), ...oddNumbers, ...edgesOf(schema), '1', '1e9'];
    case 'array':
      return [...ofAnotherKind(), ...oddArrays(schema, good)];
    case 'object':
      return [...ofAnotherKind(), ...oddObjects(schema, good)];
    default:
      return ofAnotherKind();
  }
}

function longOnes({ minLength = 0, maxLength = 1000 }: JsonSchema): string[] {
  const lengths = [minLength - 1, minLength, maxLength, maxLength + 1].filter((length) => length > 0);
  return lengths.flatMap((length) => ['x'.repeat(length), '💩'.repeat(Math.ceil(length / 2)), ' '.repeat(length)]);
}

const edgesOf = ({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): number[] =>
  [minimum, maximum, exclusiveMinimum, exclusiveMaximum]
    .filter((edge) => edge !== undefined)
    .flatMap((edge) => [edge - 1, edge, edge + 1]);

function oddArrays({ items = {}, minItems = 0, maxItems = 1000 }: JsonSchema, good: unknown): unknown[] {
  const [first] = Array.isArray(good) ? good : [];
  const many = (length: number) => Array.from({ length }, () => first ?? null);
  return [
    ...[minItems - 1, maxItems, maxItems + 1].filter((length) => length >= 0).map(many),
    // Twice the same is what sets and batches trip over.
    ...(first === undefined ? [] : [[first, first]]),
    ...oddOf(items, first).map((value) => [value]),
  ];
}

function oddObjects({ properties = {} }: JsonSchema, good: unknown): unknown[] {
  const whole = { ...(good as Record<string, unknown>) };
  const names = Object.keys(properties);
  return [
    { ...whole, unknown: 'field' },
    { ...whole, ...(prototypes() as object) },
    ...names.map((name) => Object.fromEntries(Object.entries(whole).filter(([other]) => other !== name))),
    ...names.flatMap((name) => oddOf(properties[name] ?? {}, whole[name]).map((odd) => ({ ...whole, [name]: odd }))),
  ];
}

/** Odd bodies for a schema: one thing is odd in each, the rest as it should be. */
export function oddBodies(schema: z.ZodType, seed: number): unknown[] {
  return oddOf(sentSchema(schema), oneOf(schema, seed));
}

/** Odd values for each parameter of a path or a query, where everything is text: one of them each time. */
export function oddParameters(schema: z.ZodType): Readonly<Record<string, string>>[] {
  return Object.entries(sentSchema(schema).properties ?? {}).flatMap(([name, of]) => {
    const odd = [...oddStrings, ...longOnes(of), ...edgesOf(of).map(String), '01', '0x10', '1,1', 'true'];
    // Half a surrogate pair cannot be written in a URL.
    return odd.filter((text) => text.isWellFormed()).map((text) => ({ [name]: text }));
  });
}

export const textsOf = (values: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values as object).map(([name, value]) => [name, String(value)]));
