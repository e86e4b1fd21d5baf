import * as z from 'zod';

/** What SES names its events on the bus. */
export const mailEventTypes = ['Email Bounced', 'Email Complaint Received'] as const;

const recipients = z.array(z.object({ emailAddress: z.string() }));

/** A mail that did not arrive or was not wanted, as SES tells it by EventBridge; of its detail what is used. */
export const MailEvent = z.discriminatedUnion('detail-type', [
  z.object({
    'detail-type': z.literal('Email Bounced'),
    detail: z.object({
      bounce: z.object({
        bounceType: z.enum(['Permanent', 'Transient', 'Undetermined']),
        bouncedRecipients: recipients,
      }),
    }),
  }),
  z.object({
    'detail-type': z.literal('Email Complaint Received'),
    detail: z.object({ complaint: z.object({ complainedRecipients: recipients }) }),
  }),
]);
export type MailEvent = z.infer<typeof MailEvent>;

/** Why mail to an address is in vain. */
export const EmailState = z.enum(['bounced', 'complained']);
export type EmailState = z.infer<typeof EmailState>;

export interface Undeliverable {
  readonly state: EmailState;
  /** In lower case, as people are registered. */
  readonly addresses: readonly string[];
}

const addressesOf = (list: z.infer<typeof recipients>) => list.map(({ emailAddress }) => emailAddress.toLowerCase());

/** The addresses that mail should not go to any more. A full mailbox, or a server that is away, is no reason. */
export function undeliverable(event: MailEvent): Undeliverable {
  if (event['detail-type'] === 'Email Complaint Received')
    return { state: 'complained', addresses: addressesOf(event.detail.complaint.complainedRecipients) };
  const { bounceType, bouncedRecipients } = event.detail.bounce;
  return { state: 'bounced', addresses: bounceType === 'Permanent' ? addressesOf(bouncedRecipients) : [] };
}
