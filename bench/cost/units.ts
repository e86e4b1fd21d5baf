import { readUnits } from '../../domain/capacity/units.ts';

type Json = Readonly<Record<string, unknown>>;
interface Capacity {
  readonly CapacityUnits?: number;
}

const isWrite = (target: string) => /^(Put|Update|Delete|BatchWrite|TransactWrite)/.test(target);

/** What a call of DynamoDB took, by what was sent and what was answered. A write whose condition does not hold is billed as one that is done. */
export function unitsOf(target: string, sent: Json, status: number, answer: Json): { read: number; write: number } {
  if (isWrite(target)) {
    const inTransaction = sent['TransactItems'] as readonly unknown[] | undefined;
    if (status !== 200) return { read: 0, write: inTransaction ? 2 * inTransaction.length : 1 };
    const consumed = [answer['ConsumedCapacity'] ?? []].flat() as Capacity[];
    return { read: 0, write: consumed.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0) };
  }
  const isConsistent = sent['ConsistentRead'] === true;
  const bytes = (value: unknown) => itemBytes(value as Json | undefined);
  const each = (items: readonly unknown[], consistent: boolean) =>
    items.reduce<number>((sum, item) => sum + readUnits(bytes(item), consistent), 0);
  switch (target) {
    case 'GetItem':
      return { read: readUnits(bytes(answer['Item']), isConsistent), write: 0 };
    case 'BatchGetItem': {
      const asked = Object.entries(
        sent['RequestItems'] as Record<string, { Keys: unknown[]; ConsistentRead?: boolean }>,
      );
      const found = (answer['Responses'] ?? {}) as Record<string, unknown[]>;
      const read = asked.reduce((sum, [table, { Keys, ConsistentRead = false }]) => {
        const items = found[table] ?? [];
        return sum + each(items, ConsistentRead) + (Keys.length - items.length) * readUnits(0, ConsistentRead);
      }, 0);
      return { read, write: 0 };
    }
    case 'TransactGetItems':
      return {
        read:
          2 *
          each(
            (answer['Responses'] as { Item?: unknown }[]).map(({ Item }) => Item),
            true,
          ),
        write: 0,
      };
    case 'Query':
    case 'Scan': {
      const all = ((answer['Items'] ?? []) as unknown[]).reduce<number>((sum, item) => sum + bytes(item), 0);
      return { read: readUnits(all, isConsistent), write: 0 };
    }
    default:
      return { read: 0, write: 0 };
  }
}

/** Bytes of an item in DynamoDB's JSON, as DynamoDB counts them: names and values (developer guide, "Item sizes"). */
export function itemBytes(item: Json | undefined): number {
  return Object.entries(item ?? {}).reduce((sum, [name, value]) => sum + utf8(name) + valueBytes(value as Json), 0);
}

const utf8 = (text: string) => Buffer.byteLength(text);

function valueBytes(value: Json): number {
  const [[type, of] = []] = Object.entries(value);
  const list = (of ?? []) as readonly unknown[];
  switch (type) {
    case 'S':
      return utf8(of as string);
    case 'N':
      return Math.ceil((of as string).replace(/^-?0*/, '').length / 2) + 1;
    case 'B':
      return Buffer.from(of as string, 'base64').length;
    case 'L':
      return 3 + list.reduce<number>((sum, one) => sum + 1 + valueBytes(one as Json), 0);
    case 'M':
      return 3 + itemBytes(of as Json) + Object.keys(of as Json).length;
    case 'SS':
      return list.reduce<number>((sum, one) => sum + utf8(one as string), 0);
    default:
      return 1;
  }
}
