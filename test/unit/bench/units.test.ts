import { describe, expect, it } from 'vitest';
import { itemBytes, unitsOf } from '../../../bench/cost/units.ts';
import { readUnits } from '../../../domain/capacity/units.ts';

describe('read units', () => {
  it.each([
    [0, true, 1],
    [4096, true, 1],
    [4097, true, 2],
    [4097, false, 1],
    [100, false, 0.5],
  ])('%i bytes, consistent: %s', (bytes, isConsistent, units) => {
    expect(readUnits(bytes, isConsistent)).toBe(units);
  });
});

describe('the bytes of an item', () => {
  it('are those of names and values, in UTF-8', () => {
    expect(itemBytes({ id: { S: 'abc' } })).toBe(5);
    expect(itemBytes({ ü: { S: '💩' } })).toBe(6);
    expect(itemBytes({ n: { N: '1234' } })).toBe(4);
    expect(itemBytes({ b: { B: Buffer.alloc(10).toString('base64') } })).toBe(11);
    expect(itemBytes({ l: { L: [{ BOOL: true }, { NULL: true }] } })).toBe(1 + 3 + 4);
    expect(itemBytes({ m: { M: { a: { S: 'b' } } } })).toBe(1 + 3 + 3);
    expect(itemBytes(undefined)).toBe(0);
  });
});

describe('what a call took', () => {
  const big = { id: { S: 'x'.repeat(5000) } };
  const small = { id: { S: 'x' } };

  it('of reads follows from what they bring, and from how', () => {
    expect(unitsOf('GetItem', { ConsistentRead: true }, 200, { Item: big })).toEqual({ read: 2, write: 0 });
    expect(unitsOf('GetItem', {}, 200, {})).toEqual({ read: 0.5, write: 0 });
    expect(unitsOf('Query', {}, 200, { Items: [small, small, big] })).toEqual({ read: 1, write: 0 });
    expect(unitsOf('TransactGetItems', {}, 200, { Responses: [{ Item: small }, {}] })).toEqual({ read: 4, write: 0 });
  });

  it('of a batch is that of each item, also of those that are not there', () => {
    const sent = { RequestItems: { users: { Keys: [{}, {}, {}], ConsistentRead: true } } };
    expect(unitsOf('BatchGetItem', sent, 200, { Responses: { users: [small, big] } })).toEqual({ read: 4, write: 0 });
  });

  it('of writes is what the cloud says, and not nothing when they are refused', () => {
    expect(unitsOf('PutItem', {}, 200, { ConsumedCapacity: { CapacityUnits: 3 } })).toEqual({ read: 0, write: 3 });
    expect(unitsOf('UpdateItem', {}, 400, {})).toEqual({ read: 0, write: 1 });
    const sent = { TransactItems: [{}, {}] };
    const consumed = { ConsumedCapacity: [{ CapacityUnits: 4 }, { CapacityUnits: 2 }] };
    expect(unitsOf('TransactWriteItems', sent, 200, consumed)).toEqual({ read: 0, write: 6 });
    expect(unitsOf('TransactWriteItems', sent, 400, {})).toEqual({ read: 0, write: 4 });
  });

  it('of what is no call for items is nothing', () => {
    expect(unitsOf('DescribeTable', {}, 200, {})).toEqual({ read: 0, write: 0 });
  });
});
