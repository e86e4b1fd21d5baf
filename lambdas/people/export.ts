import { PutObjectCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { exportRequested } from '../../domain/events/events.ts';
import { exportKey } from '../../domain/people/export.ts';
import { dynamoClient } from '../../platform/clients/dynamo.ts';
import { s3Client } from '../../platform/clients/s3.ts';
import { readEnv } from '../../platform/env.ts';
import { personalStores } from '../../platform/personal/registry.ts';
import { copyOf } from './copy.ts';
import { exportEnv } from './env.ts';
import { exportStore } from './export-store.ts';

/** `user.export-requested` as the bus delivers it. */
const Requested = z.object({ detail: exportRequested.detail });

const env = readEnv(exportEnv);
const dynamo = dynamoClient();
const s3 = s3Client();
const stores = personalStores(dynamo, s3, env);
const exports = exportStore(dynamo, env.USERS_TABLE);

/** A person has asked for a copy of all that is kept about them: makes it. Repeated, it makes the same again. */
export async function handler(event: unknown): Promise<void> {
  const { userId, exportId } = Requested.parse(event).detail;
  const now = Date.now();
  const body = Buffer.from(JSON.stringify(await copyOf(stores, userId, now), null, 2));
  await s3.send(
    new PutObjectCommand({
      Bucket: env.UPLOADS_BUCKET,
      Key: exportKey(userId, exportId),
      Body: body,
      ContentType: 'application/json',
      ContentDisposition: 'attachment; filename="sluice-my-data.json"',
    }),
  );
  await exports.made(userId, exportId, { madeAt: now, sizeBytes: body.length });
}
