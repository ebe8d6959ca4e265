/** Why a task stopped. What it says of the task all has to hold; the first cause in the list that does is the answer. */
export type Cause = {
  id: string;
  /** Nothing is wrong: the task was meant to stop. */
  isExpected?: true;
  stopCode?: RegExp;
  /** What ECS says in words, of the task or of one of its containers. */
  reason?: RegExp;
  /** The container that the task is there for. */
  container?: string;
  /** Of that container. */
  exitCode?: number;
  because: string;
  /** With the parameter, in backquotes, or the command that mends it. */
  fix: string;
};
