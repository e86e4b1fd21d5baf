import { sluiceApp } from '../lib/app.ts';

/** What the CDK's command runs: `cdk deploy 'prod/*'`, `cdk deploy 'local/*'`. */
sluiceApp();
