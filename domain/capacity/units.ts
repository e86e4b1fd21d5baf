/** Read request units of DynamoDB: one for each started 4 KB that is read with strong consistency, half of one without. */
export const readUnits = (bytes: number, isConsistent: boolean): number =>
  Math.max(1, Math.ceil(bytes / 4096)) * (isConsistent ? 1 : 0.5);
