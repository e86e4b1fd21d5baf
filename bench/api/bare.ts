import { dynamoClient } from '../../platform/clients/dynamo.ts';

/** The least that a function of ours is made of, to compare the others with: the document client, and nothing to do. */
const dynamo = dynamoClient();

export const handler = async () => ({ statusCode: 204, table: dynamo.constructor.name });
