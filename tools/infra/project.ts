/** The first part of every name; the default of ProjectName in the templates. */
export const PROJECT = 'fargate-shop';
