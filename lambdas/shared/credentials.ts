import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Stands in a Lambda bundle for `@aws-sdk/credential-provider-node` (by esbuild's `alias`). A Lambda function's
 * credentials are in its environment; the providers for laptops, containers and single sign-on are a quarter of a
 * bundle and never used.
 */
export const defaultProvider = () => fromEnv();
