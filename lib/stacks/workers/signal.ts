import type { Duration } from 'aws-cdk-lib';
import { type AdjustmentType, type ScalableTarget, StepScalingAction } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Alarm, ComparisonOperator, MathExpression, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { ApplicationScalingAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import { minutes } from '../../constructs/alarms.ts';
import type { Placed } from './scaling.ts';

/** When a step scaling policy acts, and by how much. */
export interface Signal {
  readonly name: string;
  readonly meaning: string;
  readonly expression: string;
  readonly metrics: Readonly<Record<string, Placed>>;
  /** Consecutive minutes for which the expression must be above. */
  readonly periods: number;
  readonly above: number;
  readonly adjustmentType: AdjustmentType;
  /** From how far above, by how many tasks, or to how many. */
  readonly steps: readonly { readonly from: number; readonly by: number }[];
  readonly cooldown: Duration;
}

/** Scales by an alarm that tells nobody: it is a signal between machines, and no figure means no change. */
export function scaleBySignal(scope: Construct, target: ScalableTarget, signal: Signal): void {
  const action = new StepScalingAction(scope, `${signal.name}-policy`, {
    scalingTarget: target,
    policyName: signal.name,
    adjustmentType: signal.adjustmentType,
    cooldown: signal.cooldown,
  });
  signal.steps.forEach(({ from, by }, i) => {
    const next = signal.steps[i + 1];
    action.addAdjustment({ adjustment: by, lowerBound: from, ...(next && { upperBound: next.from }) });
  });
  const alarm = new Alarm(scope, signal.name, {
    alarmName: signal.name,
    alarmDescription: `Scaling, nothing to be done: ${signal.meaning}`,
    metric: new MathExpression({
      expression: signal.expression,
      usingMetrics: Object.fromEntries(
        Object.entries(signal.metrics).map(([id, placed]) => [
          id,
          new Metric({ ...placed, statistic: 'Average', ...minutes(1) }),
        ]),
      ),
      ...minutes(1),
    }),
    threshold: signal.above,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: signal.periods,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new ApplicationScalingAction(action));
}
