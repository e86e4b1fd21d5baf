import { Aws, Duration, Validations } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Environment } from '../config/environment.ts';

/** `page`: people are hurt now, wake somebody. `ticket`: look at it on the next working day. */
export type Severity = 'page' | 'ticket';

interface AlarmKind {
  readonly severity: Severity;
  readonly meaning: string;
  /** What stays silent here and must not be concluded from it. */
  readonly doesNotCover: string;
}

/** The registry of alarms. Each has a section of its name in docs/runbook.md, to which its text leads. */
export const alarms = {
  'express-dead-letters': {
    severity: 'page',
    meaning:
      'A job that somebody waits for was tried as often as a job may be: an upload that looked good has failed, or a viewer’s segment.',
    doesNotCover: 'Files that the verdict rejects: those are answers, not failures.',
  },
  'bulk-dead-letters': {
    severity: 'page',
    meaning:
      'A chunk or poster job was tried as often as a job may be, so a video has failed after it became playable.',
    doesNotCover: 'Jobs that are slow but alive: see bulk-backlog.',
  },
  'stuck-dead-letters': {
    severity: 'page',
    meaning:
      'Failed jobs lie in a dead-letter queue unread: their videos stand in processing instead of failing with a reason.',
    doesNotCover: 'Why the jobs failed: see express-dead-letters and bulk-dead-letters.',
  },
  'express-backlog': {
    severity: 'page',
    meaning: 'A prepare job has waited for over a minute: creators see their uploads stand still.',
    doesNotCover: 'Prepare jobs that run slowly once they are taken.',
  },
  'bulk-backlog': {
    severity: 'ticket',
    meaning: 'An encode job has waited for over half an hour: videos are playable but take long to become ready.',
    doesNotCover: 'Jobs not yet sent, for each video sends only so many at a time.',
  },
  'runs-failed': {
    severity: 'ticket',
    meaning: 'Executions of process-video ended by error or timeout, outside the ends that the machine foresees.',
    doesNotCover: 'Videos that end rejected or failed with a reason: to the machine those are successes.',
  },
  'origin-failing': {
    severity: 'page',
    meaning: 'The on-demand origin fails: viewers who seek to what is not encoded yet see the picture stand.',
    doesNotCover: 'Requests that it held in vain and answered 503: see express-backlog.',
  },
  'start-failing': {
    severity: 'ticket',
    meaning: 'The function that starts runs from S3 events fails; the reconciler starts them up to minutes later.',
    doesNotCover: 'Starts by the upload service itself, which are the usual ones.',
  },
  'mediaconvert-events-failing': {
    severity: 'ticket',
    meaning: 'The function that takes in events of MediaConvert fails: its titles become ready up to ten minutes late.',
    doesNotCover: 'Jobs that MediaConvert itself ends in error: their videos fail with a reason.',
  },
  'reconciler-failing': {
    severity: 'page',
    meaning:
      'The reconciler has not had one good run in a quarter of an hour: lost starts and finished stages are not healed.',
    doesNotCover: 'A single video that it cannot heal while it succeeds for others.',
  },
  'limits-unknown': {
    severity: 'ticket',
    meaning: 'Requests could not be counted and were let through: what one caller may ask is not limited.',
    doesNotCover: 'The throttles of routes and AWS WAF, which count for themselves and go on.',
  },
  'backlog-unknown': {
    severity: 'page',
    meaning:
      'The backlog of work has not been published for five minutes: the fleet of workers grows and shrinks no more.',
    doesNotCover: 'A backlog that is known and long: see bulk-backlog.',
  },
  'captions-failing': {
    severity: 'ticket',
    meaning: 'Captions that creators have added, changed or removed do not come to their players.',
    doesNotCover: 'Captions that were in the uploaded file, which Finish lists too.',
  },
  'history-clearing-failing': {
    severity: 'ticket',
    meaning: 'Histories that people have cleared are not being deleted: nobody is shown them, but they are still kept.',
    doesNotCover: 'Single videos that people remove from their history, which are deleted at once.',
  },
  'playlists-cleaning-failing': {
    severity: 'ticket',
    meaning: 'What was in deleted playlists, and purged videos in others, is not being removed.',
    doesNotCover: 'Videos that people take out of a playlist themselves.',
  },
  'catalogue-failing': {
    severity: 'ticket',
    meaning:
      'Changes of videos, people or counts do not come into the catalogue: lists of videos are not as they should be.',
    doesNotCover: 'Watching, which reads the records of videos themselves.',
  },
  'export-failing': {
    severity: 'ticket',
    meaning: 'Copies of their data that people have asked for are not made.',
    doesNotCover: 'People whose copy was made and who cannot fetch it: see api-errors.',
  },
  'erasure-failing': {
    severity: 'ticket',
    meaning: 'What is kept about people who have deleted their account is not being removed, for an hour or for a day.',
    doesNotCover: 'Whether they are out: that is done when they ask, before anything is removed.',
  },
  'publication-failing': {
    severity: 'ticket',
    meaning: 'Videos whose time has come, or that have become playable, are not told of: no list or message has them.',
    doesNotCover: 'Watching them: that needs no message, and goes on.',
  },
  'expiry-failing': {
    severity: 'ticket',
    meaning: 'Abandoned uploads are not being ended; their parts cost storage until the bucket rule removes them.',
    doesNotCover: 'Uploads that are still open by right.',
  },
  'purge-failing': {
    severity: 'ticket',
    meaning: 'What is left of videos that were deleted for good, or of their older attempts, is not being removed.',
    doesNotCover: 'That deleted videos are out of sight: their records say so at once.',
  },
  'api-errors': {
    severity: 'page',
    meaning: 'More than one in a hundred API requests is answered with a 5xx status.',
    doesNotCover: 'Requests that never reach the API: see site-errors.',
  },
  'api-slow': {
    severity: 'ticket',
    meaning: 'One API request in a hundred takes longer than two seconds.',
    doesNotCover: 'Time between the viewer and the distribution.',
  },
  'mail-bounces': {
    severity: 'ticket',
    meaning:
      'Nearly one mail in twenty-five bounces; above one in twenty SES reviews the account, and may stop its mail.',
    doesNotCover: 'Mail that is late, or lies among spam.',
  },
  'mail-complaints': {
    severity: 'ticket',
    meaning: 'Nearly one mail in a thousand is reported as spam; above that SES reviews the account.',
    doesNotCover: 'Recipients whose providers tell SES nothing.',
  },
  'mail-events-failing': {
    severity: 'ticket',
    meaning: 'The function that takes in bounces and complaints fails: admins do not see whose address is dead.',
    doesNotCover: 'Further mail to such addresses: SES itself sends none.',
  },
  'security-mail-failing': {
    severity: 'ticket',
    meaning: 'People are not told by mail that their password, second factor or devices have changed.',
    doesNotCover: 'Mail that SES has taken and cannot deliver: see mail-bounces.',
  },
  'workers-missing': {
    severity: 'page',
    meaning: 'Fewer workers run than the environment asks for at least.',
    doesNotCover: 'Workers that run and take no jobs: see express-backlog and bulk-backlog.',
  },
  'site-errors': {
    severity: 'page',
    meaning: 'More than one in a hundred requests at the distribution is answered with a 5xx status.',
    doesNotCover: 'Missing segments, which are 404.',
  },
} as const satisfies Record<string, AlarmKind>;
export type AlarmName = keyof typeof alarms;

/** When an alarm goes off. Periods without data are no reason unless `missingIsBad`. */
export interface Trigger {
  readonly metric: IMetric;
  readonly above?: number;
  readonly below?: number;
  /** Consecutive periods of the metric. */
  readonly periods: number;
  readonly missingIsBad?: boolean;
}

/** Where alarms lead: a topic for each severity, and who is subscribed to it. */
export class Alarms extends Construct {
  readonly #config: Environment;
  readonly #topics: Readonly<Record<Severity, Topic>>;
  readonly #raised: { readonly name: string; readonly severity: Severity }[] = [];

  constructor(scope: Construct, id: string, config: Environment) {
    super(scope, id);
    this.#config = config;
    const topic = (severity: Severity) => {
      const topic = new Topic(this, severity, { displayName: `Sluice ${config.id}: ${severity}`, enforceSSL: true });
      topic.addToResourcePolicy(
        new PolicyStatement({
          actions: ['sns:Publish'],
          principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
          resources: [topic.topicArn],
          conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
        }),
      );
      const address = config.alarmMail[severity];
      if (address !== undefined) {
        const subscription = topic.addSubscription(new EmailSubscription(address));
        Validations.of(subscription).acknowledge({
          id: 'Serverless-SNSRedrivePolicy',
          reason:
            'SNS delivers mail once and redrives none; the state of each alarm is in CloudWatch, and its end is mailed too.',
        });
      }
      return topic;
    };
    this.#topics = { page: topic('page'), ticket: topic('ticket') };
  }

  /** Every alarm that was made so far, by its name in CloudWatch. */
  get raised(): readonly { readonly name: string; readonly severity: Severity }[] {
    return this.#raised;
  }

  /** Makes the alarm `name` in `scope`; `of` tells apart several of one name. */
  raise(
    scope: Construct,
    name: AlarmName,
    { metric, above, below, periods, missingIsBad }: Trigger,
    of?: string,
  ): void {
    const { severity, meaning, doesNotCover } = alarms[name];
    const alarmName = ['sluice', this.#config.id, name, of].filter((part) => part !== undefined).join('-');
    const alarm = new Alarm(scope, of === undefined ? name : `${name}-${of}`, {
      alarmName,
      alarmDescription: `[${severity}] ${meaning} Not covered: ${doesNotCover} What to do: docs/runbook.md#${name}`,
      metric,
      threshold: above ?? below ?? 0,
      comparisonOperator:
        below === undefined ? ComparisonOperator.GREATER_THAN_THRESHOLD : ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: missingIsBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.#topics[severity]));
    alarm.addOkAction(new SnsAction(this.#topics[severity]));
    this.#raised.push({ name: alarmName, severity });
  }
}

/** The period of most metrics: CloudWatch keeps one datum a minute of each. */
export const minutes = (count: number) => ({ period: Duration.minutes(count) });
