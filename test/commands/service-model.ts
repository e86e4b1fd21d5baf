import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as sdk from '@aws-sdk/client-mediaconvert';
import * as z from 'zod';
import { root } from '../../local/instance.ts';

/**
 * The service model of MediaConvert, as its SDK has it: which fields a structure has is data there, which values an enum has
 * too; which field is of which enum stands in its type declarations only.
 */

/** The required fields of a structure come first; how many there are is its last member. A schema is a number for plain values and lists of them, or a tuple whose first member says what follows. */
type Schema = number | (() => Schema) | readonly unknown[];
const Structure = z.tuple([
  z.literal(3),
  z.string(),
  z.string(),
  z.unknown(),
  z.array(z.string()),
  z.array(z.unknown()),
  z.int().default(0),
]);
const List = z.tuple([z.literal(1), z.string(), z.string(), z.unknown(), z.unknown()]).rest(z.unknown());
const Dictionary = z
  .tuple([z.literal(2), z.string(), z.string(), z.unknown(), z.unknown(), z.unknown()])
  .rest(z.unknown());
/** Lists and maps of plain values are numbers with one of these bits. */
const [listBit, mapBit] = [64, 128];

const schemas: Readonly<Record<string, unknown>> = { ...sdk };

/** Fields with their enum, by structure: `H264Settings` → `CodecLevel` → `H264CodecLevel`. */
const enumsOf = (() => {
  const declarations = readFileSync(
    join(root, 'node_modules/@aws-sdk/client-mediaconvert/dist-types/models/models_0.d.ts'),
    'utf8',
  );
  const interfaces = [...declarations.matchAll(/^export interface (\w+) \{\n([\s\S]*?)^\}/gm)];
  return new Map(
    interfaces.map(([, name = '', body = '']) => [
      name,
      new Map(
        [...body.matchAll(/^ {4}(\w+)\??: (\w+)(?: \| undefined)?;/gm)].map(([, field = '', type = '']) => [
          field,
          type,
        ]),
      ),
    ]),
  );
})();

const values = (name: string): string[] | undefined => {
  const found = schemas[name];
  return typeof found === 'object' && found !== null ? Object.values(found).map(String) : undefined;
};

/** What is wrong with `value` as the structure `name` of the service: unknown fields, values of the wrong kind or not in an enum. */
export function faults(name: string, value: unknown): string[] {
  return check(schemas[`${name}$`] as Schema, value, name);
}

function check(given: Schema, value: unknown, path: string): string[] {
  const schema = typeof given === 'function' ? given() : given;
  if (typeof schema === 'number') return checkPlain(schema, value, path);
  const structure = Structure.safeParse(schema);
  if (structure.success) return checkStructure(structure.data, value, path);
  const list = List.safeParse(schema);
  if (list.success) return checkList(list.data[4] as Schema, value, path);
  const dictionary = Dictionary.safeParse(schema);
  if (dictionary.success) return checkMap(dictionary.data[5] as Schema, value, path);
  // Anything else is a schema with traits beside it, such as its name on the wire.
  const [inner] = z.tuple([z.custom<Schema>()]).rest(z.unknown()).parse(schema);
  return check(inner, value, path);
}

function checkStructure(
  [, , name, , fields, kinds, required]: z.infer<typeof Structure>,
  value: unknown,
  path: string,
): string[] {
  if (typeof value !== 'object' || value === null) return [`${path} is no structure`];
  const missing = fields.slice(0, required).filter((field) => !(field in value));
  if (missing.length > 0) return [`${path} lacks ${missing.join(', ')}`];
  return Object.entries(value).flatMap(([field, inner]) => {
    const at = fields.indexOf(field);
    if (at < 0) return [`${path} has no ${field}`];
    const type = enumsOf.get(name)?.get(field);
    const allowed = type === undefined ? undefined : values(type);
    if (allowed && !allowed.includes(String(inner)))
      return [`${path}.${field} may not be ${inner}: ${allowed.join(', ')}`];
    return check(kinds[at] as Schema, inner, `${path}.${field}`);
  });
}

const checkList = (member: Schema, value: unknown, path: string): string[] =>
  Array.isArray(value) ? value.flatMap((inner, i) => check(member, inner, `${path}[${i}]`)) : [`${path} is no list`];

const checkMap = (member: Schema, value: unknown, path: string): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => check(member, inner, `${path}["${key}"]`))
    : [`${path} is no map`];

function checkPlain(kind: number, value: unknown, path: string): string[] {
  if (kind & listBit) return checkList(kind & ~listBit, value, path);
  if (kind & mapBit) return checkMap(kind & ~mapBit, value, path);
  const expected = ['string', 'number', 'boolean'][kind === 1 || kind === 0 || kind === 2 ? kind : -1];
  if (expected === undefined) return [`${path} is of kind ${kind}, which no test knows`];
  const actual = typeof value;
  return actual === expected ? [] : [`${path} is a ${actual}, not a ${expected}`];
}
