import { Aws } from 'aws-cdk-lib';
import type { Environment } from './environment.ts';

export type BucketPurpose = 'uploads' | 'media' | 'web' | 'logs';

/**
 * Buckets have names of our making: the distribution refers to them by name (a reference would be a cycle with the
 * policies in storage), and a permission on a prefix reads the same in every template.
 */
export const bucketName = ({ id, region }: Environment, purpose: BucketPurpose) =>
  `sluice-${id}-${purpose}-${Aws.ACCOUNT_ID}-${region}`;

export const bucketArn = (config: Environment, purpose: BucketPurpose) =>
  `arn:${Aws.PARTITION}:s3:::${bucketName(config, purpose)}`;

/** By this name the events of our mail are told from those of others in the account. */
export const mailConfigurationSet = ({ id }: Environment) => `sluice-${id}`;

/** The state machine has one too: the functions that it calls release its stages, and a reference would be a cycle. */
export const machineName = ({ id }: Environment) => `sluice-${id}-process-video`;

const states = (config: Environment, resource: string) =>
  `arn:${Aws.PARTITION}:states:${config.region}:${Aws.ACCOUNT_ID}:${resource}:${machineName(config)}`;
export const machineArn = (config: Environment) => states(config, 'stateMachine');
/** Of every execution of the machine. */
export const executionArns = (config: Environment) => `${states(config, 'execution')}:*`;

/** Things of MediaConvert in our account and region. */
export const mediaConvertArn = ({ region }: Environment, resource: string) =>
  `arn:${Aws.PARTITION}:mediaconvert:${region}:${Aws.ACCOUNT_ID}:${resource}`;
