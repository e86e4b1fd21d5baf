import * as z from 'zod';
import { localCloud } from './local-cloud.ts';

/** What the local cloud has kept of mail, by account. */
const Kept = z.object({
  messages: z.record(
    z.string(),
    z.array(z.object({ Source: z.string(), To: z.array(z.string()), Subject: z.string(), BodyText: z.string() })),
  ),
});

export interface Mail {
  readonly from: string;
  readonly subject: string;
  readonly text: string;
}

/** The mail that was sent to an address, oldest first. */
export async function mailTo(address: string): Promise<Mail[]> {
  const answer = await fetch(`${localCloud().endpoint}/_ministack/ses/messages`);
  const { messages } = Kept.parse(await answer.json());
  return Object.values(messages)
    .flat()
    .filter(({ To }) => To.includes(address))
    .map(({ Source, Subject, BodyText }) => ({ from: Source, subject: Subject, text: BodyText }));
}
