import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { type Instance, placesOf } from './instance.ts';

/** The stacks' outputs by name, whichever stack they are of. */
const Outputs = z.object({
  UploadsBucketName: z.string(),
  MediaBucketName: z.string(),
  WebBucketName: z.string(),
  UsersTableName: z.string(),
  UserPoolId: z.string(),
  UserPoolClientId: z.string(),
  StateMachineArn: z.string(),
  ExpressQueueUrl: z.url(),
  BulkQueueUrl: z.url(),
  /** The worker's variables that come from infrastructure. */
  WorkerEnvironment: z.string().transform((text) => z.record(z.string(), z.string()).parse(JSON.parse(text))),
  OnDemandOriginUrl: z.url(),
  ApiEndpoint: z.url(),
  OriginSecretArn: z.string(),
});
export type Outputs = z.infer<typeof Outputs>;

/** What `cdk deploy --outputs-file` wrote. @throws if the instance has not been deployed. */
export function readOutputs(instance: Instance): Outputs {
  const stacks = z
    .record(z.string(), z.record(z.string(), z.string()))
    .parse(JSON.parse(readFileSync(placesOf(instance).outputs, 'utf8')));
  return Outputs.parse(Object.assign({}, ...Object.values(stacks)));
}
