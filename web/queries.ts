import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../client/client.ts';

/** Reads are repeated where that may help: not when the API has understood the question and said no. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) =>
        failures < 3 && !(error instanceof ApiError && error.status < 500 && error.status !== 429),
    },
  },
});
