import { Stack, Validations } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';

/** One permission: what may be done to what, under which condition, and why if it is not to one named thing. */
export interface Permission {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The reason for a wildcard among the resources. */
  readonly because?: string;
}

/**
 * Gives a role permissions. A wildcard is a finding of cdk-nag; the reason given with it is its acknowledgement, and one
 * without a reason fails synth.
 */
export function allow(role: Role, permissions: readonly Permission[]): void {
  for (const { actions, resources, conditions, because } of permissions) {
    role.addToPolicy(
      new PolicyStatement({ actions: [...actions], resources: [...resources], ...(conditions && { conditions }) }),
    );
    if (because !== undefined) acknowledgeWildcards(role, resources, because);
  }
}

/** For permissions that CDK itself adds to a role. */
export function acknowledgeWildcards(role: Role, resources: readonly string[], reason: string): void {
  for (const resource of resources) {
    const finding = flattenCfnReference(Stack.of(role).resolve(resource));
    Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${finding}]`, reason });
  }
}

type ItemAction =
  | 'BatchGetItem'
  | 'BatchWriteItem'
  | 'ConditionCheckItem'
  | 'DeleteItem'
  | 'GetItem'
  | 'PutItem'
  | 'Query'
  | 'Scan'
  | 'UpdateItem';

/** A transaction needs the permission of each action in it, and none of its own. */
export const items = (table: TableV2, ...actions: readonly ItemAction[]): Permission => ({
  actions: actions.map((action) => `dynamodb:${action}`),
  resources: [table.tableArn],
});

export const index = (table: TableV2, name: string): Permission => ({
  actions: ['dynamodb:Query'],
  resources: [`${table.tableArn}/index/${name}`],
});
