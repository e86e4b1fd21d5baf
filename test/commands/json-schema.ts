import * as fc from 'fast-check';
import * as z from 'zod';

/** As much of JSON Schema 2020-12 as zod writes of the parts of our routes. */
export interface JsonSchema {
  readonly type?: 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'array' | 'object';
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
}

/** What a client must send for a schema, before it is parsed. */
export const sentSchema = (schema: z.ZodType): JsonSchema => z.toJSONSchema(schema, { io: 'input' }) as JsonSchema;

/** Formats whose patterns say less, or more, than is needed to make one. */
const formats: Readonly<Record<string, fc.Arbitrary<string>>> = {
  email: fc.uuid().map((id) => `${id}@test.example`),
  uri: fc.uuid().map((id) => `https://test.example/${id}`),
  'date-time': fc
    .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  date: fc
    .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  uuid: fc.uuid(),
};

/** Values of a schema, none of them odd. What a schema of zod's asks beyond its JSON Schema, they may lack. */
export function valuesOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.examples?.length) return fc.constantFrom(...schema.examples);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(valuesOf));
  if (schema.allOf) return valuesOf(Object.assign({}, schema, ...schema.allOf, { allOf: undefined }));
  switch (schema.type) {
    case 'string':
      return stringsOf(schema);
    case 'integer':
      return fc.integer(boundsOf(schema));
    case 'number':
      return fc.double({ ...boundsOf(schema), noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}), lengthsOf(schema));
    case 'object':
      return objectsOf(schema);
    default:
      return fc.constant(null);
  }
}

function stringsOf(schema: JsonSchema): fc.Arbitrary<string> {
  const { pattern, format = '', minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema;
  const made =
    formats[format] ??
    (pattern === undefined
      ? fc.stringMatching(/^[a-z]{2,12}$/).map((text) => text.padEnd(minLength, 'x').slice(0, maxLength))
      : fc.stringMatching(new RegExp(pattern)));
  return made.filter((text) => text.length >= minLength && text.length <= maxLength);
}

/** Small ones where a schema leaves it open: sizes and times are not what is tried here. */
function boundsOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema) {
  const min = minimum ?? (exclusiveMinimum === undefined ? 0 : exclusiveMinimum + 1);
  const max = maximum ?? (exclusiveMaximum === undefined ? min + 1000 : exclusiveMaximum - 1);
  return { min, max: Math.min(max, Math.max(min, 0) + 1000) };
}

/** Not empty, if they may have something. */
function lengthsOf({ minItems = 0, maxItems = 3 }: JsonSchema) {
  const minLength = Math.max(minItems, Math.min(1, maxItems));
  return { minLength, maxLength: Math.max(minLength, Math.min(maxItems, minItems + 2)) };
}

function objectsOf({ properties = {}, required = [] }: JsonSchema): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, of]) => [name, valuesOf(of)]));
  return fc.record(fields, { requiredKeys: [...required] }).map((made) => ({ ...made }));
}

/**
 * One value that a schema takes, with much in it; the same for the same seed.
 * @throws Error if two hundred tries find none: then the schema should carry an example (`.meta({ examples })`).
 */
export function oneOf(schema: z.ZodType, seed?: number): unknown {
  const tries = fc.sample(valuesOf(sentSchema(schema)), { numRuns: 200, ...(seed !== undefined && { seed }) });
  const size = (value: unknown) => Object.keys(Object(value)).length;
  const [fullest] = tries.filter((value) => schema.safeParse(value).success).sort((a, b) => size(b) - size(a));
  if (fullest === undefined) throw new Error(`no example of ${JSON.stringify(sentSchema(schema)).slice(0, 300)}`);
  return fullest;
}
